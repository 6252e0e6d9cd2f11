package dev.outdial.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.peer.Heard;
import dev.outdial.testbed.peer.ScriptedPeer;
import dev.outdial.testbed.peer.Wire;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two accounts with one carrier. */
@Timeout(60)
class SharedTrunkTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    @Test
    void aCallIsForTheAccountWhoseContactIsCalled() throws Exception {
        BlockingQueue<IncomingCall> calls = new LinkedBlockingQueue<>();
        try (var peer = ScriptedPeer.open();
                var dialer = Dialer.start(DialerConfig.of(
                        Trunk.of("first", "sip:alice@" + peer.hostPort()),
                        Trunk.of("second", "sip:bob@" + peer.hostPort())))) {
            dialer.onIncoming(calls::add);
            register(peer, "alice");
            Heard second = register(peer, "bob");
            dialer.awaitRegistered("first", SOON);
            dialer.awaitRegistered("second", SOON);

            peer.send(invite(peer, contact(second)), second);

            IncomingCall call = calls.poll(SOON.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(call).isNotNull();
            assertThat(call.caller().trunk()).isEqualTo("second");
            peer.replyAlways("REGISTER", 200);
            call.decline(486);
        }
    }

    private static Heard register(ScriptedPeer peer, String user) {
        Heard register = peer.receive(
                "REGISTER of " + user,
                heard -> heard.message().isRequest("REGISTER")
                        && heard.message().header("To").orElse("").contains(user),
                SOON);
        peer.reply(
                register,
                200,
                user,
                reply -> reply.header(
                                "Contact", register.message().header("Contact").orElseThrow())
                        .header("Expires", "300"));
        return register;
    }

    private static String contact(Heard register) {
        return register.message().header("Contact").orElseThrow().replaceAll(".*<([^>]*)>.*", "$1");
    }

    private static SipMessage invite(ScriptedPeer peer, String uri) {
        return SipMessage.request("INVITE", uri)
                .header("Via", peer.via(Wire.UDP, "z9hG4bK-shared"))
                .header("Max-Forwards", "70")
                .header("From", "<sip:4711@127.0.0.1>;tag=caller")
                .header("To", "<sip:bob@127.0.0.1>")
                .header("Call-ID", "shared-trunk")
                .header("CSeq", "1 INVITE")
                .header("Contact", peer.contact(Wire.UDP))
                .build();
    }
}
