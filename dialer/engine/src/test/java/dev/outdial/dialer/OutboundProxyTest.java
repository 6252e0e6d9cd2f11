package dev.outdial.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.testbed.peer.Heard;
import dev.outdial.testbed.peer.ScriptedPeer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A trunk whose host nobody asks a name server for: everything goes by its proxy. */
@Timeout(60)
class OutboundProxyTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    private final ScriptedPeer proxy = ScriptedPeer.open();
    private final Dialer dialer = Dialer.start(DialerConfig.of(Trunk.of("carrier", "sip:1000@carrier.invalid")
            .withOutboundProxy(proxy.hostPort())
            .registeringFor(Duration.ofMinutes(30))));

    @AfterEach
    void close() {
        proxy.replyAlways("REGISTER", 200);
        dialer.close();
        proxy.close();
    }

    @Test
    void theTrunkIsRegisteredWithAndDialledThroughIt() throws Exception {
        Heard register = proxy.receive("REGISTER", SOON);
        assertThat(register.message().requestUri()).isEqualTo("sip:carrier.invalid");
        assertThat(register.message().values("Route")).containsExactly("<sip:" + proxy.hostPort() + ";lr>");
        assertThat(register.message().header("Expires")).hasValue("1800");
        String contact = register.message().header("Contact").orElseThrow();
        proxy.reply(
                register,
                200,
                "r",
                reply -> reply.header("Contact", contact).header("Service-Route", "<sip:inner.invalid;lr>"));
        dialer.awaitRegistered("carrier", SOON);

        Call call = dialer.dial(DialRequest.over("carrier", "1001"));
        Heard invite = proxy.receive("INVITE", SOON);
        assertThat(invite.message().requestUri()).isEqualTo("sip:1001@carrier.invalid");
        assertThat(invite.message().values("Route"))
                .containsExactly("<sip:" + proxy.hostPort() + ";lr>", "<sip:inner.invalid;lr>");
        proxy.reply(invite, 486, "busy");
        assertThat(call.awaitEnd().kind()).isEqualTo(OutcomeKind.BUSY);
    }
}
