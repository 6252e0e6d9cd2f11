package dev.outdial.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.probe.SpokenTones;
import dev.outdial.testbed.sound.WavFile;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import dev.outdial.testbed.trunk.MediaReport;
import dev.outdial.testbed.trunk.TrunkCall;
import dev.outdial.testbed.web.WebAnswers;
import dev.outdial.testbed.web.WebServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code outdial call} against the loopback trunk. */
@Timeout(30)
class CallCommandTest {
    private static final String PASSWORD = "wonderland";
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final DialPlan PLAN = DialPlan.standard()
            .with("2000", Persona.of("answers and presses 7 #", new Step.Answer(), new Step.Press("7#")));

    private static LoopbackTrunk trunk =
            LoopbackTrunk.builder().user("alice", PASSWORD).dialPlan(PLAN).start();

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void openTrunk() {
        trunk.close();
        trunk = LoopbackTrunk.builder().user("alice", PASSWORD).dialPlan(PLAN).start();
    }

    @AfterAll
    static void closeTrunk() {
        trunk.close();
    }

    @Test
    void theResultIsOneJsonObjectAloneOnStandardOutput() throws IOException {
        Path tone = folder.resolve("tone.wav");
        WavFile.write(tone, new short[4000]);

        Run run = call("2000", "--play", tone.toString(), "--play", tone.toString(), "--collect-until", "#");

        assertThat(run.status()).isZero();
        JsonNode json = json(run);
        assertThat(names(json))
                .containsExactly(
                        "outcome",
                        "sipCode",
                        "cause",
                        "endedBy",
                        "phase",
                        "answered",
                        "ringMillis",
                        "talkMillis",
                        "digits",
                        "played",
                        "codec",
                        "encrypted",
                        "rtp",
                        "callId",
                        "reason",
                        "amd");
        assertThat(names(json.get("played"))).containsExactly("millis", "whole");
        assertThat(names(json.get("rtp")))
                .containsExactly(
                        "sent",
                        "received",
                        "lost",
                        "jitterMillis",
                        "lateTicks",
                        "longestGapMillis",
                        "concealedMillis",
                        "strangers",
                        "rejected",
                        "unreachable",
                        "mos",
                        "remoteLost",
                        "roundTripMillis");
        assertThat(json.get("outcome").asText()).isEqualTo("completed");
        assertThat(json.get("sipCode").asInt()).isEqualTo(200);
        assertThat(json.get("cause").asInt()).isEqualTo(16);
        assertThat(json.get("endedBy").asText()).isEqualTo("local");
        assertThat(json.get("phase").asText()).isEqualTo("media");
        assertThat(json.get("answered").asBoolean()).isTrue();
        assertThat(json.get("talkMillis").asInt()).isGreaterThanOrEqualTo(1000);
        assertThat(json.get("digits").asText()).isEqualTo("7#");
        assertThat(json.get("played").get("millis").asInt()).isEqualTo(1000);
        assertThat(json.get("played").get("whole").asBoolean()).isTrue();
        assertThat(json.get("codec").asText()).isEqualTo("PCMU");
        assertThat(json.get("rtp").get("sent").asInt()).isGreaterThanOrEqualTo(50);
        assertThat(run.err()).containsSubsequence("registered", "INVITE sent", "answered, PCMU", "playing", "ended");
        assertThat(trunk.isRegistered("alice")).isFalse();
    }

    @Test
    void soundAtAnAddressIsPlayed() throws IOException {
        Path tone = folder.resolve("fetched.wav");
        WavFile.write(tone, new short[4000]);
        try (var server = WebServer.open()) {
            server.on("/w", WebAnswers.content("audio/wav", Files.readAllBytes(tone), "Cache-Control: no-cache"));
            String address = server.uri("/w?key=hunter2").toString();

            Run run = call("2000", "--fetch-private", "--play", address, "--repeat", "1");

            assertThat(run.status()).as(run.err()).isZero();
            assertThat(json(run).get("played").get("whole").asBoolean()).isTrue();
            assertThat(run.out() + run.err()).doesNotContain("hunter2");
        }
    }

    @Test
    void wordsAndFilesArePlayedInTheirOrder() throws IOException {
        Path tone = folder.resolve("tone.wav");
        WavFile.write(tone, new short[4000]);

        Run run = call(
                "1001",
                "--speech",
                "tones",
                "--say",
                "one",
                "--play",
                tone.toString(),
                "--say",
                "two",
                "--play",
                tone.toString());

        assertThat(run.status()).isZero();
        assertThat(run.err()).contains("playing the words \"one\", tone.wav, the words \"two\", tone.wav");
        assertThat(json(run).get("played").get("millis").asInt()).isEqualTo(720 + 500 + 720 + 500);
        TrunkCall heard = trunk.awaitEnd(json(run).get("callId").asText(), SOON).orElseThrow();
        assertThat(SpokenTones.codes(heard.media().orElseThrow().pcm()))
                .containsExactly(SpokenTones.code("one"), SpokenTones.code("two"));
    }

    @Test
    void wordsThatCannotBeWrittenAreASentence() {
        Path nowhere = folder.resolve("none").resolve("said.wav");

        Run said = Run.outdial("say", "Hello", "--speech", "tones", "--out", nowhere.toString());

        assertThat(said.status()).isEqualTo(1);
        assertThat(said.err())
                .isEqualTo("outdial: --out: " + nowhere + " cannot be written: there is no such folder"
                        + System.lineSeparator());
    }

    @Test
    void wordsAreWrittenToAFileWithoutACall() throws IOException {
        Path file = folder.resolve("said.wav");

        Run said = Run.outdial("say", "Guten Tag", "--language", "de", "--speech", "tones", "--out", file.toString());
        Run unspoken = Run.outdial("say", "Guten Tag", "--language", "de", "--out", file.toString());

        assertThat(said.status()).isZero();
        assertThat(SpokenTones.codes(WavFile.read(file))).containsExactly(SpokenTones.code("Guten Tag"));
        assertThat(unspoken.status()).isEqualTo(1);
        assertThat(unspoken.err())
                .isEqualTo("outdial: cannot say that: no engine speaks German (de); spoken are: en-US"
                        + System.lineSeparator());
    }

    @ParameterizedTest
    @CsvSource({
        "1002, 10, busy,      486, 17, remote, sent",
        "1003, 11, no-answer, 487, 19, local,  ringing",
        "1010, 12, rejected,  603, 21, remote, sent",
        "1011, 13, failed,    503, 41, remote, sent",
        "1999, 13, failed,    404, 1,  remote, sent"
    })
    void everyWayNotToBeAnsweredHasItsExitStatus(
            String number, int status, String outcome, int sipCode, int cause, String endedBy, String phase)
            throws IOException {
        Run run = call(number, "--ring-timeout", "300ms");

        assertThat(run.status()).isEqualTo(status);
        JsonNode json = json(run);
        assertThat(json.get("outcome").asText()).isEqualTo(outcome);
        assertThat(json.get("sipCode").asInt()).isEqualTo(sipCode);
        assertThat(json.get("cause").asInt()).isEqualTo(cause);
        assertThat(json.get("endedBy").asText()).isEqualTo(endedBy);
        assertThat(json.get("phase").asText()).isEqualTo(phase);
        assertThat(json.get("answered").asBoolean()).isFalse();
        assertThat(json.get("codec").isNull()).isTrue();
    }

    @Test
    void aWrongPasswordIsAFailedCallThatSaysSoAndIsNotRepeated() throws IOException {
        Run run = Run.outdial("call", "1001", "--json", "--trunk", uri(), "--password", "looking-glass");

        assertThat(run.status()).isEqualTo(13);
        JsonNode json = json(run);
        assertThat(json.get("sipCode").asInt()).isEqualTo(401);
        assertThat(json.get("phase").asText()).isEqualTo("none");
        assertThat(json.get("reason").asText())
                .startsWith("trunk " + uri() + ": the registrar does not accept this user and password");
        assertThat(run.out() + run.err()).doesNotContain("looking-glass");
    }

    @Test
    void aHostThatDoesNotResolveIsAFailedCall() throws IOException {
        Run run = Run.outdial("call", "sip:bob@host.invalid", "--json");

        assertThat(run.status()).isEqualTo(13);
        assertThat(json(run).get("reason").asText()).isEqualTo("cannot resolve host 'host.invalid': no such name");
    }

    @Test
    void withoutJsonEverythingForPeopleIsOnStandardOutput() {
        Run run = Run.outdial("call", "1010", "--trunk", uri(), "--password", PASSWORD);

        assertThat(run.status()).isEqualTo(12);
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("registered", "outcome   rejected (Decline)", "call-id   ")
                .doesNotContain("{");
    }

    @Test
    void keysArePressedAtTheFarEndAndWhatItSaysIsRecorded() throws IOException {
        Path file = folder.resolve("far-end.wav");

        Run run = call("1008", "--send-digits", "5*", "--hold", "100ms", "--record", file.toString());

        assertThat(run.status()).isZero();
        TrunkCall heard = trunk.awaitEnd(json(run).get("callId").asText(), SOON).orElseThrow();
        assertThat(heard.media().map(MediaReport::digitsReceived)).hasValue("5*");
        assertThat(WavFile.read(file).length).isGreaterThan(800);
    }

    @Tag("slow")
    @Test
    void aMachineIsToldByItsGreetingAndHungUpOn() throws IOException {
        Path tone = folder.resolve("tone.wav");
        WavFile.write(tone, new short[4000]);

        Run run = call("1012", "--amd", "--play", tone.toString());

        assertThat(run.status()).isZero();
        JsonNode json = json(run);
        assertThat(json.get("outcome").asText()).isEqualTo("completed");
        assertThat(json.get("endedBy").asText()).isEqualTo("local");
        assertThat(json.get("played").get("millis").asInt()).isZero();
        JsonNode amd = json.get("amd");
        assertThat(amd.get("verdict").asText()).isEqualTo("machine");
        assertThat(amd.get("decidedBy").asText()).isEqualTo("long-greeting");
        assertThat(amd.get("greetingMillis").asInt()).isBetween(3000, 6000);
        assertThat(amd.get("greetingEnd").isNull()).isTrue();
        assertThat(run.err()).contains("answered by machine (long-greeting at ");
    }

    @Tag("slow")
    @Test
    void withWaitingForTheBeepAMessageIsPlayedAfterTheGreeting() throws IOException {
        Path tone = folder.resolve("tone.wav");
        WavFile.write(tone, new short[4000]);

        Run run = call("1012", "--amd-wait-beep", "--play", tone.toString());

        JsonNode json = json(run);
        assertThat(json.get("amd").get("greetingEnd").asText()).isEqualTo("silence");
        assertThat(json.get("played").get("whole").asBoolean()).isTrue();
        assertThat(json.get("talkMillis").asInt()).isGreaterThan(12_000);
    }

    @Test
    void bothSidesAreRecordedAsTheyAreAskedFor() throws IOException {
        Path file = folder.resolve("both.wav");

        Run run = call(
                "1008",
                "--hold",
                "400ms",
                "--record",
                file.toString(),
                "--record-both",
                "stereo",
                "--record-format",
                "ulaw");

        assertThat(run.status()).isZero();
        ByteBuffer header = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(header.getShort(20)).isEqualTo((short) 7);
        assertThat(header.getShort(22)).isEqualTo((short) 2);
        assertThat(header.limit()).isGreaterThan(58 + 2 * 2400);
    }

    @Test
    void theCallComesFromTheNumberAndNameThatWereGiven() throws IOException {
        Run run = call("1002", "--from", "+1 (555) 010-0199", "--display", "Zoë \"Z\" <z>");

        TrunkCall seen = trunk.awaitEnd(json(run).get("callId").asText(), SOON).orElseThrow();
        assertThat(seen.from()).contains("+15550100199");
        assertThat(seen.messages().getFirst().message().toString())
                .contains("\"Zoë \\\"Z\\\" <z>\" <sip:+15550100199@");
    }

    @Test
    void aPortThatIsTakenIsASentence() {
        Run run = call("1001", "--local", "127.0.0.1:" + trunk.port());

        assertThat(run.status()).isEqualTo(64);
        assertThat(run.err()).contains("127.0.0.1:" + trunk.port());
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aRecordingThatCannotBeWrittenIsRefusedBeforeAnybodyIsCalled() throws IOException {
        Path taken = Files.createDirectory(folder.resolve("taken.wav"));

        Run run = call("1001", "--record", taken.toString());

        assertThat(run.status()).isEqualTo(64);
        assertThat(run.err()).isEqualTo("outdial: --record: " + taken + " is a folder" + System.lineSeparator());
    }

    private static Run call(String number, String... options) {
        var arguments = new ArrayList<>(List.of("call", number, "--json", "--trunk", uri(), "--password", PASSWORD));
        arguments.addAll(List.of(options));
        return Run.outdial(arguments.toArray(String[]::new));
    }

    private static String uri() {
        return "sip:alice@127.0.0.1:" + trunk.port();
    }

    /** The one line of standard output. */
    private static JsonNode json(Run run) throws IOException {
        assertThat(run.out().lines()).hasSize(1);
        return new ObjectMapper().readTree(run.out());
    }

    private static List<String> names(JsonNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
