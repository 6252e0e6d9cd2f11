package dev.outdial.sip.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.message.Credentials;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.Tokens;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.registration.RegistrationEvent.Refused;
import dev.outdial.sip.registration.RegistrationEvent.Registered;
import dev.outdial.sip.registration.RegistrationEvent.Unreachable;
import dev.outdial.sip.registration.RegistrationEvent.Unregistered;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RegistrationMachineTest {
    private static final Tokens TOKENS = new Tokens("us", "b", "c");
    private static final Hop FIRST = new Hop(new InetSocketAddress("192.0.2.1", 5060), TransportProtocol.UDP);

    private final List<OutboundRequest> sent = new ArrayList<>();
    private final List<RegistrationEvent> told = new ArrayList<>();
    private boolean forgotten;
    private double jitter = 0.5;
    private long nowNanos = 5_000_000_000L;
    private RegistrationState state = start();

    private RegistrationState start() {
        var setup = new RegistrationSetup(
                "reg-1",
                SipUri.parse("sip:1000@example.com;transport=tcp"),
                Optional.empty(),
                Optional.of(Credentials.of("1000", "secret")),
                List.of(),
                List.of(new Registrar(FIRST, SipUri.parse("sip:1000@192.0.2.9:40000"))),
                ContactUser.given("1000"),
                "Outdial/test",
                Duration.ofMinutes(10),
                TOKENS);
        return take(RegistrationMachine.start(setup, nowNanos));
    }

    private RegistrationState take(RegistrationStep step) {
        for (RegistrationAction action : step.actions()) {
            switch (action) {
                case RegistrationAction.Send send -> sent.add(send.request());
                case RegistrationAction.Tell tell -> told.add(tell.event());
                case RegistrationAction.Forget forget -> forgotten = true;
            }
        }
        return step.next();
    }

    private void input(RegistrationInput input) {
        state = take(RegistrationMachine.step(state, input, nowNanos, jitter));
    }

    private void passSeconds(long seconds) {
        long untilNanos = nowNanos + TimeUnit.SECONDS.toNanos(seconds);
        for (int i = 0; i < 1000; i++) {
            var deadline = state.nextDeadlineNanos();
            if (deadline.isEmpty() || deadline.getAsLong() > untilNanos) break;
            nowNanos = deadline.getAsLong();
            input(new RegistrationInput.Woken());
        }
        nowNanos = untilNanos;
    }

    private void respond(int status, String... headers) {
        respondTo(sent.getLast(), status, headers);
    }

    private void respondTo(OutboundRequest request, int status, String... headers) {
        input(new RegistrationInput.Responded(
                new SipResponse(status, "Reason " + status, request.branch(), Headers.of(headers), Optional.empty())));
    }

    private void challenge(String nonce) {
        respond(401, "WWW-Authenticate", "Digest realm=\"r\", nonce=\"" + nonce + "\", qop=\"auth\"");
    }

    private Optional<String> header(String name) {
        return sent.getLast().request().headers().first(name);
    }

    @Test
    void theRegisterNamesTheDomainAndOurContact() {
        assertThat(sent.getLast().request().uri()).isEqualTo("sip:example.com");
        assertThat(header("To")).contains("<sip:1000@example.com>");
        assertThat(header("Contact")).contains("<sip:1000@192.0.2.9:40000>;expires=600");
        assertThat(header("CSeq")).contains("1 REGISTER");
    }

    @Test
    void aChallengeIsAnsweredAndTheBindingRefreshedInTime() {
        challenge("n1");
        assertThat(header("CSeq")).contains("2 REGISTER");
        assertThat(header("Authorization").orElseThrow()).contains("nc=00000001");
        respond(200, "Contact", "<sip:1000@192.0.2.9:40000>;expires=100", "Contact", "<sip:other@192.0.2.8>;expires=3");
        assertThat(told).containsExactly(new Registered(Duration.ofSeconds(100)));

        passSeconds(84);
        assertThat(sent).hasSize(2);
        passSeconds(2);
        assertThat(sent).hasSize(3);
        assertThat(header("Authorization").orElseThrow()).contains("nc=00000002");
        assertThat(header("Expires")).contains("600");
        respond(200, "Expires", "100");
        assertThat(told).hasSize(2);
    }

    @Test
    void aRefreshThatFailsTakesNothingAwayOfTheTimeThatWasGranted() {
        assertThat(state.boundUntilNanos()).isEmpty();
        respond(200, "Expires", "100");
        long untilNanos = nowNanos + TimeUnit.SECONDS.toNanos(100);
        passSeconds(86);
        respond(500);
        assertThat(told.getLast()).isInstanceOf(Refused.class);
        assertThat(state.boundUntilNanos()).hasValue(untilNanos);
    }

    @Test
    void theRefreshLiesBetween80And90PercentOfTheTime() {
        assertThat(RegistrationTimer.refreshNanos(100, true, 0)).isEqualTo(TimeUnit.SECONDS.toNanos(80));
        assertThat(RegistrationTimer.refreshNanos(100, true, 1)).isEqualTo(TimeUnit.SECONDS.toNanos(90));
    }

    @Test
    void anOverlongTimeOfTheRegistrarDoesNotOverflow() {
        respond(200, "Expires", "9999999999");
        assertThat(told).containsExactly(new Registered(Duration.ofSeconds(0xffff_ffffL)));
        passSeconds(3600);
        assertThat(sent).hasSize(1);
    }

    @Test
    void aWrongPasswordStopsIt() {
        challenge("n1");
        challenge("n2");
        assertThat(told).hasSize(1);
        assertThat(((Refused) told.getFirst()).credentialsWrong()).isTrue();
        passSeconds(100_000);
        assertThat(sent).hasSize(2);
        input(new RegistrationInput.UnregisterWanted());
        assertThat(told.getLast()).isEqualTo(new Unregistered());
        assertThat(forgotten).isTrue();
    }

    @Test
    void a403AfterCredentialsStopsItToo() {
        challenge("n1");
        respond(403);
        assertThat(told).containsExactly(new Refused(403, "Reason 403", true));
        passSeconds(100_000);
        assertThat(sent).hasSize(2);
    }

    @Test
    void a403WithoutCredentialsSaysNothingAboutThemAndIsTriedAgain() {
        respond(403);
        assertThat(told).containsExactly(new Refused(403, "Reason 403", false));
        passSeconds(31);
        assertThat(sent).hasSize(2);
        respond(200);
        assertThat(told.getLast()).isInstanceOf(Registered.class);
    }

    @Test
    void aTooShortTimeIsAskedForAgainOnceAsLongAsTheRegistrarWants() {
        respond(423, "Min-Expires", "1800");
        assertThat(header("Expires")).contains("1800");
        respond(423, "Min-Expires", "3600");
        assertThat(sent).hasSize(2);
        assertThat(told).containsExactly(new Refused(423, "Reason 423", false));
    }

    @Test
    void aSilentRegistrarIsAskedEverMoreSeldom() {
        jitter = 1;
        var gaps = new ArrayList<Long>();
        for (int i = 0; i < 12; i++) {
            long before = nowNanos;
            input(new RegistrationInput.TimedOut(sent.getLast().transaction()));
            int count = sent.size();
            while (sent.size() == count) passSeconds(1);
            gaps.add(TimeUnit.NANOSECONDS.toSeconds(nowNanos - before));
        }
        assertThat(gaps).containsExactly(2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 300L, 300L, 300L, 300L);
        assertThat(told).hasSize(12).allMatch(Unreachable.class::isInstance);
        respond(200);
        input(new RegistrationInput.UnregisterWanted());
        assertThat(header("Expires")).contains("0");
    }

    @Test
    void retryAfterIsHonoured() {
        respond(503, "Retry-After", "120 (maintenance)");
        passSeconds(119);
        assertThat(sent).hasSize(1);
        passSeconds(2);
        assertThat(sent).hasSize(2);
    }

    @Test
    void leavingRemovesTheBindingAndIsChallengedOnceMore() {
        challenge("n1");
        respond(200);
        input(new RegistrationInput.UnregisterWanted());
        assertThat(header("Contact")).contains("<sip:1000@192.0.2.9:40000>;expires=0");
        challenge("n2");
        respond(200);
        assertThat(told).last().isEqualTo(new Unregistered());
        assertThat(forgotten).isTrue();
        assertThat(sent).hasSize(4);
    }

    @Test
    void leavingTakesNoLongerThanFiveSeconds() {
        respond(200);
        input(new RegistrationInput.UnregisterWanted());
        passSeconds(4);
        assertThat(forgotten).isFalse();
        passSeconds(1);
        assertThat(forgotten).isTrue();
    }

    @Test
    void leavingWhileARegisterIsOutRemovesWhatItMade() {
        input(new RegistrationInput.UnregisterWanted());
        assertThat(sent).hasSize(1);
        respond(200);
        assertThat(header("Expires")).contains("0");
        respond(200);
        assertThat(told).containsExactly(new Unregistered());
    }

    @Test
    void lateAndRepeatedResponsesChangeNothing() {
        OutboundRequest first = sent.getLast();
        challenge("n1");
        respondTo(first, 401, "WWW-Authenticate", "Digest realm=\"r\", nonce=\"n1\"");
        respondTo(first, 200);
        assertThat(told).isEmpty();
        respond(200);
        respond(200);
        assertThat(told).hasSize(1);
        assertThat(sent).hasSize(2);
    }
}
