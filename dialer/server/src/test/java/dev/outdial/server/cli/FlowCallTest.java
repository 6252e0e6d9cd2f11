package dev.outdial.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.sound.WavFile;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code outdial call --flow} against the loopback trunk, and what is wrong before anybody is called. */
@Timeout(30)
class FlowCallTest {
    private static final DialPlan PLAN = DialPlan.standard()
            .with(
                    "2000",
                    Persona.of(
                            "answers and presses 7",
                            new Step.Answer(),
                            new Step.Wait(Duration.ofMillis(400)),
                            new Step.Press("7")));

    private static LoopbackTrunk trunk = LoopbackTrunk.builder().dialPlan(PLAN).start();

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void openTrunk() {
        trunk.close();
        trunk = LoopbackTrunk.builder().dialPlan(PLAN).start();
    }

    @AfterAll
    static void closeTrunk() {
        trunk.close();
    }

    @Test
    void aFlowDecidesWhatIsDoneInTheCall() throws IOException {
        WavFile.write(folder.resolve("tone.wav"), new short[1600]);
        Path flow = flow("""
                {"name":"menu","actions":[
                 {"id":"rec","type":"recording_start"},
                 {"id":"tone","type":"play","option":{"stream_urls":["tone.wav"]}},
                 {"id":"key","type":"digits_receive","option":{"duration":5000,"length":1}},
                 {"id":"which","type":"branch","option":{"target_ids":{"7":"bye"},"default_target_id":"tone"}},
                 {"id":"bye","type":"variable_set","option":{"key":"done","value":"${who}"}}]}""");

        Run run = call(
                "2000",
                "--flow",
                flow.toString(),
                "--media",
                folder.toString(),
                "--record-dir",
                folder.resolve("recorded").toString(),
                "--var",
                "who=Ann");

        assertThat(run.status()).as(run.err()).isZero();
        JsonNode json = new ObjectMapper().readTree(run.out());
        assertThat(json.get("outcome").asText()).isEqualTo("completed");
        assertThat(json.get("digits").asText()).isEqualTo("7");
        assertThat(json.get("played").get("whole").asBoolean()).isTrue();
        assertThat(json.get("flow").get("end").asText()).isEqualTo("completed");
        assertThat(json.get("flow").get("variables").get("done").asText()).isEqualTo("Ann");
        assertThat(json.get("flow")
                        .get("variables")
                        .get("voipbin.call.destination.target")
                        .asText())
                .isEqualTo("2000");
        var ids = new ArrayList<String>();
        json.get("flow").get("steps").forEach(step -> ids.add(step.get("id").asText()));
        assertThat(ids).containsExactly("rec", "tone", "key", "which", "bye");
        // What the call tells and what the flow tells come on threads of their own.
        assertThat(run.err())
                .containsSubsequence("answered, PCMU", "the far end pressed 7")
                .containsSubsequence(
                        "the flow begins",
                        "flow: play (tone)",
                        "flow: digits_receive (key)",
                        "flow: goes on at bye",
                        "the flow is over: completed");
        try (var files = Files.list(folder.resolve("recorded"))) {
            assertThat(files).singleElement().asString().endsWith(".wav");
        }
    }

    @Test
    void whatPeopleReadSaysHowTheFlowEnded() throws IOException {
        Path flow = flow(
                "[{\"type\":\"goto\",\"option\":{\"target_id\":\"nowhere\",\"loop_count\":0}},{\"type\":\"beep\"}]");

        Run run = Run.outdial("call", "1001", "--trunk", uri(), "--no-register", "--flow", flow.toString());

        assertThat(run.status()).as(run.out() + run.err()).isEqualTo(64);

        Path good = flow("[{\"type\":\"beep\"}]");
        run = Run.outdial("call", "1001", "--trunk", uri(), "--no-register", "--flow", good.toString());
        assertThat(run.out()).contains("flow      completed, 1 steps");
    }

    @Test
    void aFlowAnswersACallToUs() throws Exception {
        Path flow = flow("""
                [{"id":"early","type":"sleep","option":{"duration":100}},
                 {"id":"hello","type":"beep"},
                 {"id":"up","type":"answer"},
                 {"id":"key","type":"digits_receive","option":{"duration":5000,"length":1}}]""");
        int here = freePort();
        int there = freePort();
        var out = new StringWriter();
        var err = new StringWriter();
        var answering = CompletableFuture.supplyAsync(() -> OutdialCommand.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                ("answer --json --calls 1 --trunk sip:carrier@127.0.0.1:" + there + " --no-register --local 127.0.0.1:"
                                + here + " --flow " + flow)
                        .split(" ")));
        while (!err.toString().contains("waiting for calls")) {
            assertThat(answering).as(err.toString()).isNotDone();
            Thread.onSpinWait();
        }

        Run caller = Run.outdial(("call sip:100@127.0.0.1:" + here + " --json --local 127.0.0.1:" + there
                        + " --send-digits 5 --hold 10s")
                .split(" "));

        assertThat(caller.status()).as(caller.err()).isZero();
        assertThat(answering.get()).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.get("digits").asText()).isEqualTo("5");
        assertThat(json.get("endedBy").asText()).isEqualTo("local");
        assertThat(json.get("flow").get("end").asText()).isEqualTo("completed");
        assertThat(json.get("flow")
                        .get("variables")
                        .get("voipbin.call.direction")
                        .asText())
                .isEqualTo("incoming");
        assertThat(err.toString())
                .containsSubsequence("a call from", "flow: beep (hello)", "flow: answer (up)", "answered, PCMU");
    }

    private static int freePort() throws IOException {
        try (var free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @Test
    void aFlowWithMistakesStopsBeforeAnybodyIsCalled() throws IOException {
        int before = trunk.calls().size();
        Path flow = flow("[{\"type\":\"tolk\",\"option\":{\"text\":\"Hi\"}}]");

        Run run = call("2000", "--flow", flow.toString());

        assertThat(run.status()).isEqualTo(64);
        assertThat(run.err())
                .startsWith("outdial: --flow: " + flow + " cannot be run:")
                .contains("talk");
        assertThat(run.out()).isEmpty();
        assertThat(trunk.calls()).hasSize(before);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            --flow FLOW --say Hi             => --flow and --say: the flow says all that is done in the call
            --flow FLOW --play x.wav         => --flow and --play: the flow says all that is done in the call
            --flow FLOW --collect 3          => --flow and --collect: the flow says all that is done in the call
            --flow FLOW --record x.wav       => --flow and --record: the flow says all that is done in the call
            --flow FLOW --amd                => --flow and --amd: the flow says all that is done in the call
            --flow FLOW --hold 3s            => --flow and --hold: the flow says all that is done in the call
            --flow FLOW --media /no/such     => --media: there is no folder /no/such
            --flow FLOW --record-dir FLOW    => --record-dir: FLOW is no folder
            --flow FLOW --var voipbin.x=1    => --var: names that begin with voipbin. are set by the call itself
            --flow /no/such.json             => --flow: there is no file /no/such.json
            --var a=b                        => --var: it is for a --flow, and there is none
            --media /tmp                     => --media: it is for a --flow, and there is none
            --record-dir /tmp                => --record-dir: it is for a --flow, and there is none
            """)
    void wrongOptionsAreOneSentence(String options, String sentence) throws IOException {
        String flow = flow("[{\"type\":\"beep\"}]").toString();

        Run run = call("2000", options.replace("FLOW", flow).split(" "));

        assertThat(run.status()).isEqualTo(64);
        assertThat(run.err()).isEqualTo("outdial: " + sentence.replace("FLOW", flow) + System.lineSeparator());
    }

    private Path flow(String json) throws IOException {
        return Files.writeString(folder.resolve("flow.json"), json);
    }

    private static Run call(String number, String... options) {
        var arguments = new ArrayList<>(List.of("call", number, "--json", "--trunk", uri(), "--no-register"));
        arguments.addAll(List.of(options));
        return Run.outdial(arguments.toArray(String[]::new));
    }

    private static String uri() {
        return "sip:alice@127.0.0.1:" + trunk.port();
    }
}
