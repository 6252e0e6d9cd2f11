package dev.outdial.dialer.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.flow.FlowFinding;
import dev.outdial.dialer.flow.json.FlowReader;
import dev.outdial.dialer.flow.lint.FlowLinter;
import dev.outdial.dialer.flow.machine.FlowEnd;
import dev.outdial.dialer.flow.run.CalleeNotes.Phrase;
import dev.outdial.dialer.group.GroupPlan;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.probe.DigitProbe.HeardDigit;
import dev.outdial.testbed.sound.Tones;
import dev.outdial.testbed.sound.WavFile;
import dev.outdial.testbed.web.WebAnswers;
import dev.outdial.testbed.web.WebServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The flows that VoIPBin's tutorial prints, run as they are printed there (resources {@code flow/voipbin}). */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class PrintedFlowsTest {
    private static final String SOURCE = "+15551234567";
    private static final String CALLEE = "+15559876543";
    private static final String PLAYED =
            "https://github.com/pchero/asterisk-medias/raw/master/samples_codec/pcm_samples/example-mono_16bit_8khz_pcm.wav";

    private static final String MENU =
            "Hello. This is branch test. Press 1 for show must go on. Press 2 for bohemian rhapsody. Press 3 for another one bites the dust";
    private static final String DEFAULT = "You didn't choose the correct number. Default selected.";
    private static final String OVER = "Loop over. Hangup the call. Thank you, good bye.";

    private static final DialPlan PLAN = DialPlan.standard()
            .with(CALLEE, Persona.of("answers and stays", new Step.Answer()))
            .with(
                    "+15551111111",
                    Persona.of(
                            "talks and hangs up",
                            new Step.Answer(),
                            new Step.SayTone(1175, Duration.ofMillis(900)),
                            new Step.HangUp()))
            .with("2001", presses("1"))
            .with("2002", presses("2"))
            .with("2003", presses("3"))
            .with("2009", presses("9"))
            .with("test11", Persona.of("answers", new Step.Answer()))
            .with("test12", Persona.of("answers", new Step.Answer()));

    @TempDir
    static Path folder;

    private static FlowBench bench;

    private static Persona presses(String key) {
        return Persona.of(
                "listens and presses a key",
                new Step.Answer(),
                new Step.AwaitMessage(Duration.ofMillis(120)),
                new Step.Press(key));
    }

    @BeforeAll
    static void open() throws Exception {
        bench = new FlowBench(folder, PLAN);
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    private static String printed(String name) throws IOException {
        try (InputStream json =
                PrintedFlowsTest.class.getResourceAsStream("/dev/outdial/dialer/flow/voipbin/" + name)) {
            if (json == null) throw new IOException("no " + name);
            return new String(json.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static FlowBench.Run dial(String number, String json) {
        return bench.dial(FlowBench.to(number).from(SOURCE), json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "talk.json",
                "play.json",
                "talk-and-connect.json",
                "digits-send.json",
                "branch.json",
                "groupcall.json"
            })
    void eachIsReadAndHasNoError(String name) throws Exception {
        assertThat(FlowReader.read(printed(name)).steps()).isNotEmpty();
        assertThat(FlowLinter.check(printed(name)))
                .noneMatch(finding -> finding.severity() == FlowFinding.Severity.ERROR);
    }

    /** V01. */
    @Test
    void talk() throws Exception {
        FlowBench.Run run = dial(CALLEE, printed("talk.json"));
        assertThat(run.notes().phrases()).hasSize(1).allMatch(text -> text.startsWith("hello. welcome to voipbin."));
        assertThat(run.notes().countOf("> BYE")).isEqualTo(1);
        assertThat(run.ended().end()).isEqualTo(FlowEnd.COMPLETED);
    }

    /** V03. The host of the address is another one here; the rest is as printed. */
    @Test
    void play() throws Exception {
        String path = PLAYED.substring("https://github.com".length());
        try (WebServer web = WebServer.open()
                .on(path, WebAnswers.content("audio/x-wav", WavFile.bytes(new Tones(0.4, 1775).samples(500))))) {
            String json = printed("play.json");
            assertThat(json).contains(PLAYED);
            FlowBench.Run run = dial(CALLEE, json.replace(PLAYED, web.uri(path).toString()));
            assertThat(run.notes().millisOf(1775)).isBetween(440L, 560L);
            assertThat(run.ended().end()).isEqualTo(FlowEnd.COMPLETED);
        }
    }

    /** V08. */
    @Test
    void talkAndConnect() throws Exception {
        FlowBench.Run run = bench.dial(FlowBench.to(CALLEE).from(CALLEE), printed("talk-and-connect.json"));
        CalleeNotes notes = run.notes();
        assertThat(notes.phrases()).hasSize(1);
        assertThat(notes.millisOf(1175)).isGreaterThan(500);
        CalleeNotes other = CalleeNotes.of(bench.onlyCallTo("+15551111111"), "");
        assertThat(other.request("INVITE").from().orElseThrow().uri().toString())
                .contains(CALLEE);
        assertThat(notes.countOf("> BYE")).isEqualTo(1);
        assertThat(run.ended().end()).isEqualTo(FlowEnd.COMPLETED);
    }

    /** V14: ten keys of 500 ms, 500 ms apart. */
    @Tag("slow")
    @Test
    void digitsSend() throws Exception {
        FlowBench.Run run = dial(CALLEE, printed("digits-send.json"));
        CalleeNotes notes = run.notes();
        List<HeardDigit> keys = notes.media().heardDigits();
        assertThat(notes.media().digitsReceived()).isEqualTo("1234567890");
        assertThat(keys)
                .allSatisfy(key -> assertThat(key.durationMillis()).isBetween(480L, 520L))
                .allSatisfy(key -> assertThat(key.ended()).isTrue());
        for (int i = 1; i < keys.size(); i++)
            assertThat((keys.get(i).atNanos() - keys.get(i - 1).atNanos()) / 1_000_000)
                    .as("when they arrive on a machine that has other things to do")
                    .isBetween(700L, 1300L);
        assertThat((keys.getLast().atNanos() - keys.getFirst().atNanos()) / 1_000_000)
                .isBetween(8_800L, 9_300L);
        List<Phrase> heard = notes.phrasesAndTimes();
        assertThat(heard).hasSize(2);
        // From the end of the first phrase, which is when the first key begins, to the second: 10 keys and 9 pauses.
        assertThat(heard.get(1).startMillis() - heard.get(0).startMillis() - FlowBench.PHRASE_MILLIS)
                .isBetween(9_350L, 9_900L);
    }

    /** V16. */
    @Test
    void branchOnTheSecondKey() throws Exception {
        branchOn("2", "Mama, Just killed");
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"1, Empty spaces", "3, Steve walks"})
    void branchOnTheOtherKeys(String key, String beginning) throws Exception {
        branchOn(key, beginning);
    }

    private static void branchOn(String key, String beginning) throws Exception {
        FlowBench.Run run = dial("200" + key, printed("branch.json"));
        List<String> heard = run.notes().phrases();
        assertThat(heard).hasSize(2);
        assertThat(heard.get(0)).isEqualTo(MENU);
        assertThat(heard.get(1)).startsWith(beginning);
        assertThat(run.notes().countOf("> BYE")).isEqualTo(1);
        assertThat(run.ended().end()).isEqualTo(FlowEnd.HUNG_UP);
    }

    /** V17: five seconds without a key, three times. */
    @Tag("slow")
    @Test
    void branchWithoutAKey() throws Exception {
        FlowBench.Run run = dial(CALLEE, printed("branch.json"));
        List<Phrase> heard = run.notes().phrasesAndTimes();
        assertThat(heard).extracting(Phrase::text).containsExactly(MENU, DEFAULT, MENU, DEFAULT, MENU, DEFAULT, OVER);
        for (int i = 0; i < 6; i += 2)
            assertThat(heard.get(i + 1).startMillis() - heard.get(i).startMillis() - FlowBench.PHRASE_MILLIS)
                    .isBetween(4700L, 5400L);
        assertThat(run.notes().countOf("> BYE")).isEqualTo(1);
    }

    /** V18. */
    @Tag("slow")
    @Test
    void branchOnAKeyThatHasNone() throws Exception {
        FlowBench.Run run = dial("2009", printed("branch.json"));
        List<Phrase> heard = run.notes().phrasesAndTimes();
        assertThat(heard).extracting(Phrase::text).startsWith(MENU, DEFAULT, MENU);
        assertThat(heard.get(1).startMillis() - heard.get(0).startMillis()).isLessThan(2000);
    }

    /** V38: whoever answers hears it. */
    @Test
    void groupcall() throws Exception {
        String json = printed("groupcall.json");
        FlowGroup group = bench.runner.dialGroup(
                List.of(FlowBench.to("test11"), FlowBench.to("test12")),
                GroupPlan.ringAll(),
                AnswerMethod.NONE,
                FlowReader.read(json),
                (member, happening) -> {});
        assertThat(group.awaitEnd())
                .hasSize(2)
                .allMatch(outcome -> outcome.orElseThrow().answered());
        for (String number : List.of("test11", "test12")) {
            CalleeNotes notes = CalleeNotes.of(bench.onlyCallTo(number), json);
            assertThat(notes.phrases()).hasSize(1).allMatch(text -> text.startsWith("hello. welcome to voipbin."));
            assertThat(notes.countOf("> BYE")).isEqualTo(1);
        }
    }
}
