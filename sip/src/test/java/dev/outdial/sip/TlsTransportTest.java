package dev.outdial.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.jain.Ear;
import dev.outdial.sip.jain.JainTransport;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.transport.WireMessage;
import dev.outdial.sip.transport.WireMessage.Direction;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.peer.Heard;
import dev.outdial.testbed.peer.ScriptedPeer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@Timeout(60)
class TlsTransportTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    @Test
    void theTapSeesWhatWasEncryptedAndTheLossOfTheConnectionIsTold() throws Exception {
        TestKey key = TestKey.of(folder, "dns:sip.example.com");
        var ear = new Ear();
        List<WireMessage> seen = new CopyOnWriteArrayList<>();
        try (var transport = JainTransport.open(Optional.empty(), 0, Optional.of(key.pem()), ear)) {
            transport.tap(seen::add);
            Hop hop;
            try (var peer = ScriptedPeer.openTls(key.context())) {
                hop = Hop.overTls(peer.address(), "sip.example.com");
                transport.send(Ear.request("OPTIONS", "ours", hop, 0, "1"));
                Heard options = peer.receive("OPTIONS", SOON);
                SipMessage ok = peer.reply(options, 200, "b");
                assertThat(Ear.next(ear.responses).status()).isEqualTo(200);
                assertThat(seen).hasSize(2).allMatch(m -> m.transport() == TransportProtocol.TLS);
                assertThat(seen.getFirst().direction()).isEqualTo(Direction.SENT);
                assertThat(seen.getFirst().bytes()).isEqualTo(options.message().toBytes());
                assertThat(seen.getFirst().local()).isEqualTo(options.source());
                assertThat(seen.getLast().bytes()).isEqualTo(ok.toBytes());
                assertThat(seen.getLast().remote()).isEqualTo(peer.address());
                assertThat(ear.lost).isEmpty();
            }
            assertThat(Ear.next(ear.lost)).isEqualTo(hop);
        }
    }

    @Test
    void aKeptConnectionOverTlsIsOpenedWithoutAnyMessage() throws Exception {
        TestKey key = TestKey.of(folder, "dns:sip.example.com");
        try (var transport = JainTransport.open(Optional.empty(), 0, Optional.of(key.pem()), new Ear());
                var peer = ScriptedPeer.openTls(key.context())) {
            transport.keepAlive(Hop.overTls(peer.address(), "sip.example.com"), true);
            assertThat(peer.awaitConnections(1, SOON)).isTrue();
            assertThat(peer.heard()).isEmpty();
        }
    }
}
