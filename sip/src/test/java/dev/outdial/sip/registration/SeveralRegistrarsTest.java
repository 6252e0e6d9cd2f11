package dev.outdial.sip.registration;

import static dev.outdial.sip.registration.RegistrationStory.hop;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.registration.RegistrationEvent.Refused;
import dev.outdial.sip.registration.RegistrationEvent.Registered;
import dev.outdial.sip.registration.RegistrationEvent.Unreachable;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SeveralRegistrarsTest {
    private final RegistrationStory story = new RegistrationStory(3);

    /** How a registrar can fail. */
    enum Failure {
        BUSY((s, r) -> s.respond(503)),
        SILENT((s, r) -> s.silence()),
        REFUSING_CONNECTIONS(
                (s, r) -> s.input(new RegistrationInput.Failed(r.transaction(), "cannot connect to " + r.hop())));

        private final BiConsumer<RegistrationStory, OutboundRequest> way;

        Failure(BiConsumer<RegistrationStory, OutboundRequest> way) {
            this.way = way;
        }

        void happen(RegistrationStory story) {
            way.accept(story, story.sent.getLast());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theNextOneIsAskedAtOnceWhenOneFails(Failure failure) {
        failure.happen(story);
        assertThat(story.asked()).isEqualTo(hop(2));
        failure.happen(story);
        assertThat(story.asked()).isEqualTo(hop(3));
        assertThat(story.told).isEmpty();
        story.accept();
        assertThat(story.told).hasSize(1).first().isInstanceOf(Registered.class);
    }

    @Test
    void whenAllHaveFailedTheFirstIsAskedAfterAPause() {
        for (int i = 0; i < 3; i++) story.silence();
        assertThat(story.told).containsExactly(new Unreachable("the registrar does not answer"));
        assertThat(story.sent).hasSize(3);
        story.passSeconds(3);
        assertThat(story.sent).hasSize(4);
        assertThat(story.asked()).isEqualTo(hop(1));
    }

    @Test
    void aRefusalIsNoReasonToAskAnother() {
        story.respond(404);
        assertThat(story.told).containsExactly(new Refused(404, "Reason 404", false));
        assertThat(story.sent).hasSize(1);
    }

    @Test
    void theFirstIsTriedAgainWithTheRefreshFiveMinutesLater() {
        story.silence();
        story.respond(200, "Expires", "100");
        story.passSeconds(200, r -> story.respond(200, "Expires", "100"));
        assertThat(story.asked()).isEqualTo(hop(2));
        story.passSeconds(200, r -> story.respond(200, "Expires", "100"));
        assertThat(story.asked()).isEqualTo(hop(1));

        story.passSeconds(30);
        story.silence();
        assertThat(story.asked()).isEqualTo(hop(2));
    }

    @Test
    void aFirstThatIsStillSilentCostsNotTheBinding() {
        story.jitter = 1;
        story.silence();
        story.respond(200, "Expires", "300");
        long madeAt = story.nowNanos;
        story.passSeconds(254);
        assertThat(story.sent).hasSize(2);
        story.passSeconds(2, r -> assertThat(r.hop()).isEqualTo(hop(2)));
        assertThat(story.sent).hasSize(3);
        story.respond(200, "Expires", "300");
        story.passSeconds(256);
        assertThat(story.asked()).isEqualTo(hop(1));
        story.passSeconds(33, r -> assertThat(r.hop()).isEqualTo(hop(2)));
        assertThat(story.sent).hasSize(5);
        assertThat(story.nowNanos - madeAt).isLessThan(2L * 300_000_000_000L);
    }

    @Test
    void oneThatWantsToBeLeftAloneIsLeftOut() {
        story.respond(503, "Retry-After", "600");
        assertThat(story.asked()).isEqualTo(hop(2));
        story.silence();
        story.silence();
        story.passSeconds(3);
        assertThat(story.asked()).isEqualTo(hop(2));
        story.accept();
        story.passSeconds(520);
        assertThat(story.asked()).isEqualTo(hop(2));
        story.accept();
        story.passSeconds(520);
        assertThat(story.asked()).isEqualTo(hop(1));
    }

    @Test
    void whenAllWantToBeLeftAloneTheSoonestIsAskedFirst() {
        story.respond(503, "Retry-After", "600");
        story.respond(503, "Retry-After", "120");
        story.respond(503, "Retry-After", "900");
        story.passSeconds(119);
        assertThat(story.sent).hasSize(3);
        story.passSeconds(2);
        assertThat(story.sent).hasSize(4);
        assertThat(story.asked()).isEqualTo(hop(2));
    }

    @Test
    void theBindingIsRemovedWhereItWasMade() {
        story.silence();
        story.accept();
        story.input(new RegistrationInput.UnregisterWanted());
        assertThat(story.asked()).isEqualTo(hop(2));
        assertThat(story.contacts().getFirst()).endsWith(";expires=0");
    }

    @Test
    void theStateSaysWhereTheBindingIsAndWhatIsWrong() {
        assertThat(story.state.status()).isEqualTo(new RegistrationStatus.Registering());
        story.silence();
        story.respond(200, "Expires", "100", "Service-Route", "<sip:edge.example.com;lr>");
        assertThat(story.state.status()).isInstanceOfSatisfying(RegistrationStatus.Registered.class, registered -> {
            assertThat(registered.registrar().hop()).isEqualTo(hop(2));
            assertThat(registered.untilNanos() - story.nowNanos).isEqualTo(100_000_000_000L);
            assertThat(registered.serviceRoutes()).containsExactly("<sip:edge.example.com;lr>");
        });
        story.passSeconds(90);
        assertThat(story.state.status())
                .as("while the refresh is out")
                .isInstanceOf(RegistrationStatus.Registered.class);
        story.respond(500);
        assertThat(story.state.status()).isEqualTo(new RegistrationStatus.Retrying(OptionalInt.of(500), "Reason 500"));
        story.input(new RegistrationInput.UnregisterWanted());
        assertThat(story.state.status()).isEqualTo(new RegistrationStatus.Gone());
    }
}
