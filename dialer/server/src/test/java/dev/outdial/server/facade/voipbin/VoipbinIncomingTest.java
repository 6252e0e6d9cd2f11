package dev.outdial.server.facade.voipbin;

import static dev.outdial.server.facade.voipbin.VoipbinBench.persona;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Step;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls to numbers of the customer's, which their flows answer or not. */
@Tag("slow")
@Timeout(90)
class VoipbinIncomingTest {
    private static final String CONNECT =
            "[{'type':'connect','option':{'relay_reason':true,'source':{'type':'tel','target':'"
                    + VoipbinBench.OURS + "'},'destinations':[{'type':'tel','target':'+15551000711'}]}},"
                    + "{'type':'talk','option':{'text':'never said'}}]";

    private static final int PORT = freePort();

    @TempDir
    static Path folder;

    private static VoipbinBench voipbin;
    private static Dialer caller;

    private static int freePort() {
        try (var free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        } catch (IOException none) {
            throw new IllegalStateException(none);
        }
    }

    @BeforeAll
    static void open() throws Exception {
        voipbin = VoipbinBench.open(
                folder,
                DialPlan.standard().with("+15551000711", persona(new Step.Refuse(486))),
                "OUTDIAL_SIP_PORT",
                Integer.toString(PORT));
        caller = Dialer.start(DialerConfig.of().on("127.0.0.1", 0).withRtpPorts(43000, 43099));
    }

    @AfterAll
    static void close() {
        caller.close();
        voipbin.close();
    }

    /** V27, V11. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"+15551000727, hangup", "+15551000712, connect"})
    void v27v11WhoIsNotAnsweredIsToldTheReason(String number, String what) throws Exception {
        String actions = what.equals("connect") ? CONNECT : "[{'type':'hangup','option':{'reason':'busy'}}]";
        String flow = voipbin.post("/flows", "{'name':'" + what + "','actions':" + actions + "}")
                .path("id")
                .asText();
        voipbin.post("/numbers", "{'number':'" + number + "','call_flow_id':'" + flow + "'}");

        CallOutcome outcome = caller.dial(DialRequest.direct("sip:" + number + "@127.0.0.1:" + PORT)
                        .ringingFor(Duration.ofSeconds(10)))
                .awaitEnd();

        assertThat(outcome.sipCode()).hasValue(486);
        assertThat(outcome.answered()).isFalse();
        JsonNode over = voipbin.await(voipbin.awaitListed(number).path("id").asText(), "hangup");
        assertThat(over.path("direction").asText()).isEqualTo("incoming");
        assertThat(over.path("hangup_reason").asText()).isEqualTo("busy");
        assertThat(over.path("flow_id").asText()).isEqualTo(flow);
        if (what.equals("connect")) {
            assertThat(voipbin.bench.awaitEndOfCallTo("+15551000711").glance()).contains("< 486 Busy Here");
        }
    }
}
