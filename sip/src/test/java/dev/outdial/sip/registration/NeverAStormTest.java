package dev.outdial.sip.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.registration.RegistrationEvent.Refused;
import dev.outdial.sip.registration.RegistrationEvent.Registered;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a registrar does, it is not flooded. */
class NeverAStormTest {
    private static final long DAY = 86_400;

    private final RegistrationStory story = new RegistrationStory(1);

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 403, 404, 408, 480, 500, 503, 504, 600, 603})
    void aRegistrarThatRefusesForADayHearsAtMostHundredAndTen(int status) {
        story.jitter = 0;
        story.respond(status);
        story.passSeconds(DAY, r -> story.respond(status));
        assertThat(story.sent).hasSizeBetween(48, 110);
        assertThat(story.told).allMatch(Refused.class::isInstance);
    }

    @Test
    void theWaitAfterARefusalDoublesFrom30SecondsTo30Minutes() {
        assertThat(RegistrationTimer.refusedNanos(1, 1)).isEqualTo(TimeUnit.SECONDS.toNanos(30));
        assertThat(RegistrationTimer.refusedNanos(1, 0)).isEqualTo(TimeUnit.SECONDS.toNanos(15));
        assertThat(RegistrationTimer.refusedNanos(2, 1)).isEqualTo(TimeUnit.SECONDS.toNanos(60));
        assertThat(RegistrationTimer.refusedNanos(7, 1)).isEqualTo(TimeUnit.MINUTES.toNanos(30));
        assertThat(RegistrationTimer.refusedNanos(1_000_000, 1)).isEqualTo(TimeUnit.MINUTES.toNanos(30));
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 486, 500, 603})
    void aRetryAfterOfAnyRefusalIsHonouredAndCapped(int status) {
        story.respond(status, "Retry-After", "300");
        story.passSeconds(299);
        assertThat(story.sent).hasSize(1);
        story.passSeconds(2);
        assertThat(story.sent).hasSize(2);
        story.respond(status, "Retry-After", "4000000000");
        story.passSeconds(3599);
        assertThat(story.sent).hasSize(2);
        story.passSeconds(2);
        assertThat(story.sent).hasSize(3);
    }

    @Test
    void credentialsThatWereRightOnceAreTriedAgainSeldom() {
        story.challenge("n1");
        story.accept();
        story.jitter = 0;
        story.passSeconds(DAY, r -> {
            story.challenge("n2");
            story.challenge("n3");
        });
        // Each try is one request with the known nonce and one answer to its challenge.
        assertThat(story.sent).hasSizeBetween(90, 220);
        assertThat(story.told.stream().filter(Refused.class::isInstance).map(Refused.class::cast))
                .isNotEmpty()
                .noneMatch(Refused::credentialsWrong);
        story.passSeconds(1800, r -> story.accept());
        assertThat(story.told.getLast()).isInstanceOf(Registered.class);
    }

    @Test
    void a403AfterASuccessIsTriedAgainToo() {
        story.challenge("n1");
        story.accept();
        story.passSeconds(520);
        story.respond(403);
        assertThat(story.told.getLast()).isEqualTo(new Refused(403, "Reason 403", false));
        story.passSeconds(31);
        assertThat(story.sent).hasSize(4);
    }

    @Test
    void shortBindingsAreKeptWithoutAFlood() {
        assertThat(RegistrationTimer.refreshNanos(60, true, 1)).isEqualTo(TimeUnit.SECONDS.toNanos(54));
        assertThat(RegistrationTimer.refreshNanos(30, true, 1)).isEqualTo(TimeUnit.SECONDS.toNanos(25));
        assertThat(RegistrationTimer.refreshNanos(12, true, 0)).isEqualTo(TimeUnit.SECONDS.toNanos(7));
        for (int granted : new int[] {1, 5, 9}) {
            var brief = new RegistrationStory(1);
            brief.respond(200, "Expires", Integer.toString(granted));
            brief.passSeconds(600, r -> brief.respond(200, "Expires", Integer.toString(granted)));
            assertThat(brief.sent).hasSize(121);
        }
    }

    @Test
    void aBindingOfNoTimeAtAllIsARefusal() {
        story.jitter = 0;
        story.respond(200, "Expires", "0");
        assertThat(story.told)
                .containsExactly(new RegistrationEvent.Unreachable("the registrar grants no time to the binding"));
        story.passSeconds(DAY, r -> story.respond(200, "Expires", "0"));
        assertThat(story.sent).hasSizeBetween(48, 110);
    }

    @Test
    void aConnectionThatIsLostIsReplacedSoon() {
        story.accept();
        story.passSeconds(100);
        story.input(new RegistrationInput.ConnectionLost(RegistrationStory.hop(2)));
        story.passSeconds(10);
        assertThat(story.sent).as("another hop's").hasSize(1);
        story.input(new RegistrationInput.ConnectionLost(RegistrationStory.hop(1)));
        story.passSeconds(3);
        assertThat(story.sent).hasSize(2);
    }

    @Test
    void aRegistrarThatClosesEveryConnectionIsNotAskedAllTheTime() {
        story.accept();
        story.input(new RegistrationInput.ConnectionLost(RegistrationStory.hop(1)));
        story.passSeconds(DAY, r -> {
            story.accept();
            story.input(new RegistrationInput.ConnectionLost(RegistrationStory.hop(1)));
        });
        // A binding of 600 s is refreshed 160 times a day anyway.
        assertThat(story.sent).hasSizeBetween(300, 450);
    }

    @Test
    void refreshingAllTheTimeIsARefreshEveryFiveSeconds() {
        story.accept();
        for (int i = 0; i < 100; i++) {
            story.input(new RegistrationInput.RefreshWanted());
            story.passSeconds(1, r -> story.accept());
        }
        assertThat(story.sent).hasSizeBetween(18, 21);
    }

    @Test
    void refreshingShortensTheWaitForASilentRegistrarButNotForOneThatRefused() {
        for (int i = 0; i < 10; i++) {
            story.silence();
            story.passSeconds(400);
        }
        story.silence();
        int before = story.sent.size();
        story.passSeconds(6);
        story.input(new RegistrationInput.RefreshWanted());
        story.passSeconds(1);
        assertThat(story.sent).hasSize(before + 1);

        story.respond(500, "Retry-After", "1000");
        story.input(new RegistrationInput.RefreshWanted());
        story.passSeconds(900);
        assertThat(story.sent).hasSize(before + 1);
    }

    @Test
    void whereWrongCredentialsStoppedItOnlyTheUserBeginsAgain() {
        story.challenge("n1");
        story.challenge("n2");
        assertThat(story.state.status()).isInstanceOf(RegistrationStatus.Stopped.class);
        story.input(new RegistrationInput.ConnectionLost(RegistrationStory.hop(1)));
        story.passSeconds(DAY);
        assertThat(story.sent).hasSize(2);
        story.input(new RegistrationInput.RefreshWanted());
        story.passSeconds(1);
        assertThat(story.sent).hasSize(3);
        story.accept();
        assertThat(story.state.status()).isInstanceOf(RegistrationStatus.Registered.class);
    }

    @Test
    void aClockThatRunsOverItsEndChangesNothing() {
        story.nowNanos = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(1);
        story.respond(200, "Expires", "100");
        long refreshAt = story.state.nextDeadlineNanos().orElseThrow();
        assertThat(refreshAt).isNegative();
        assertThat(refreshAt - story.nowNanos).isEqualTo(TimeUnit.SECONDS.toNanos(85));
        story.input(new RegistrationInput.Woken());
        assertThat(story.sent).hasSize(1);
        story.nowNanos = refreshAt;
        story.input(new RegistrationInput.Woken());
        assertThat(story.sent).hasSize(2);
    }
}
