package dev.outdial.sip.registration;

import dev.outdial.sip.message.Credentials;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.Tokens;
import dev.outdial.sip.message.TransportProtocol;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A registration in simulated time: what is sent and told is kept for the test to look at. */
final class RegistrationStory {
    static final String USER = "1000-aaaaaaaa.1";

    final List<OutboundRequest> sent = new ArrayList<>();
    final List<RegistrationEvent> told = new ArrayList<>();
    boolean forgotten;
    double jitter = 0.5;
    long nowNanos = 5_000_000_000L;
    RegistrationState state;

    /** At that many registrars. */
    RegistrationStory(int registrars) {
        this(registrars, ContactUser.unique("1000", "aaaaaaaa", 1));
    }

    RegistrationStory(int registrars, ContactUser user) {
        var ways = new ArrayList<Registrar>();
        for (int i = 1; i <= registrars; i++)
            ways.add(new Registrar(hop(i), contact(user.text(), "192.0.2.9", 40_000)));
        var setup = new RegistrationSetup(
                "reg-1",
                SipUri.parse("sip:1000@example.com"),
                Optional.empty(),
                Optional.of(Credentials.of("1000", "secret")),
                List.of(),
                ways,
                user,
                "Outdial/test",
                Duration.ofMinutes(10),
                new Tokens("us", "b", "c"));
        take(RegistrationMachine.start(setup, nowNanos));
    }

    static Hop hop(int number) {
        return new Hop(new InetSocketAddress("198.51.100." + number, 5060), TransportProtocol.UDP);
    }

    static SipUri contact(String user, String host, int port) {
        return SipUri.parse("sip:" + user + "@" + host + ":" + port);
    }

    private void take(RegistrationStep step) {
        state = step.next();
        for (RegistrationAction action : step.actions()) {
            switch (action) {
                case RegistrationAction.Send send -> sent.add(send.request());
                case RegistrationAction.Tell tell -> told.add(tell.event());
                case RegistrationAction.Forget forget -> forgotten = true;
            }
        }
    }

    void input(RegistrationInput input) {
        take(RegistrationMachine.step(state, input, nowNanos, jitter));
    }

    void passSeconds(long seconds) {
        passSeconds(seconds, request -> {});
    }

    /** Lets time pass, with a registrar that reacts to each REGISTER. */
    void passSeconds(long seconds, Consumer<OutboundRequest> registrar) {
        long untilNanos = nowNanos + TimeUnit.SECONDS.toNanos(seconds);
        while (true) {
            var deadline = state.nextDeadlineNanos();
            if (deadline.isEmpty() || deadline.getAsLong() > untilNanos) break;
            nowNanos = Math.max(nowNanos, deadline.getAsLong());
            int before = sent.size();
            input(new RegistrationInput.Woken());
            if (sent.size() > before) registrar.accept(sent.getLast());
        }
        nowNanos = untilNanos;
    }

    void respond(int status, String... headers) {
        input(new RegistrationInput.Responded(new SipResponse(
                status, "Reason " + status, sent.getLast().branch(), Headers.of(headers), Optional.empty())));
    }

    void challenge(String nonce) {
        respond(401, "WWW-Authenticate", "Digest realm=\"r\", nonce=\"" + nonce + "\", qop=\"auth\"");
    }

    /** 200 with these contacts beside ours, which is granted 600 seconds. */
    void accept(String... others) {
        var headers = new ArrayList<String>(List.of("Contact", contacts().getFirst()));
        for (String other : others) headers.addAll(List.of("Contact", other));
        respond(200, headers.toArray(String[]::new));
    }

    void silence() {
        input(new RegistrationInput.TimedOut(sent.getLast().transaction()));
    }

    List<String> contacts() {
        return sent.getLast().request().headers().all("Contact");
    }

    Hop asked() {
        return sent.getLast().hop();
    }
}
