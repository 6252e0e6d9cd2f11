package dev.outdial.dialer;

import static dev.outdial.dialer.digits.Digits.digits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.record.RecordedSides;
import dev.outdial.dialer.record.Recording;
import dev.outdial.dialer.record.RecordingEnd;
import dev.outdial.dialer.record.RecordingFormat;
import dev.outdial.dialer.record.RecordingOptions;
import dev.outdial.dialer.record.RecordingResult;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.probe.ToneProbe;
import dev.outdial.testbed.probe.ToneProbe.Tone;
import dev.outdial.testbed.sound.Tones;
import dev.outdial.testbed.sound.WavFile;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Recordings of whole calls. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class RecordedCallTest {
    private static final Duration RING = Duration.ofSeconds(10);
    private static final RecordingOptions STEREO = RecordingOptions.DEFAULT.withSides(RecordedSides.STEREO);

    private final LoopbackTrunk trunk = LoopbackTrunk.builder()
            .dialPlan(DialPlan.standard()
                    .with(
                            "1",
                            Persona.of(
                                    "says a tone a second after the answer",
                                    new Step.Answer(),
                                    new Step.Wait(Duration.ofSeconds(1)),
                                    new Step.SayTone(500, Duration.ofSeconds(1)),
                                    new Step.Press("5")))
                    .with(
                            "2",
                            Persona.of(
                                    "presses keys",
                                    new Step.Answer(),
                                    // long enough for a slow machine to record
                                    new Step.Wait(Duration.ofSeconds(3)),
                                    new Step.Press("1#"))))
            .start();
    private final Dialer dialer = Dialer.start(DialerConfig.of(
            Trunk.of("carrier", "sip:alice@127.0.0.1:" + trunk.port()).withoutRegistration()));

    private final BlockingQueue<CallEvent> events = new LinkedBlockingQueue<>();

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void close() {
        dialer.close();
        trunk.close();
    }

    private Call dial(String number) {
        return dialer.dial(DialRequest.over("carrier", number).ringingFor(RING), events::add);
    }

    private AudioClip tone(int hertz, int millis) throws Exception {
        Path file = folder.resolve(hertz + ".wav");
        WavFile.write(file, new Tones(0.3, hertz).samples(millis));
        return AudioClip.of(file);
    }

    private static short[] channel(Path file, int number) throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.getShort(22)).isEqualTo((short) 2);
        var samples = new short[(bytes.limit() - 44) / 4];
        for (int i = 0; i < samples.length; i++) samples[i] = bytes.getShort(44 + 4 * i + 2 * number);
        return samples;
    }

    /** A machine that stands still for a packet time leaves a hole of it. */
    private static long length(List<Tone> tones) {
        return tones.stream()
                .mapToLong(tone -> tone.endMillis() - tone.startMillis())
                .sum();
    }

    /** What the listener hears of recordings' ends until there are so many; fewer where nothing more comes. */
    private List<CallEvent.RecordingEnded> endsHeard(int count) throws InterruptedException {
        var ends = new ArrayList<CallEvent.RecordingEnded>();
        while (ends.size() < count) {
            CallEvent event = events.poll(5, TimeUnit.SECONDS);
            if (event == null) break;
            if (event instanceof CallEvent.RecordingEnded end) ends.add(end);
        }
        return ends;
    }

    @Test
    void bothDirectionsAreInTheFileEachOnItsSideAndTheLengthIsRight() throws Exception {
        Path file = folder.resolve("both.wav");
        Call call = dial("1");
        Recording recording = call.record(file, STEREO);
        dialer.load(tone(1500, 800));
        call.awaitAnswer();
        long answered = System.nanoTime();
        call.play(tone(1500, 800));
        assertThat(call.collect(digits(1).within(RING))).isEqualTo("5");
        recording.stop();
        long talked = (System.nanoTime() - answered) / 1_000_000;
        RecordingResult result = recording.awaitEnd();
        assertThat(result.reason()).isEqualTo(RecordingEnd.STOPPED);
        assertThat(result.length().toMillis()).isBetween(talked - 200, talked + 2000);
        assertThat(result.bytes())
                .isEqualTo(Files.size(file))
                .isBetween(
                        44 + result.length().toMillis() * 32,
                        76 + result.length().toMillis() * 32);
        ToneProbe probe = ToneProbe.hertz(500, 1500);
        List<Tone> theirs = probe.tones(channel(file, 0));
        List<Tone> ours = probe.tones(channel(file, 1));
        assertThat(theirs).isNotEmpty().allMatch(tone -> tone.hertz() == 500);
        assertThat(ours).isNotEmpty().allMatch(tone -> tone.hertz() == 1500);
        assertThat(length(theirs)).isCloseTo(1000, within(250L));
        assertThat(length(ours)).isCloseTo(800, within(250L));
        assertThat(theirs.getFirst().startMillis()).isBetween(200L, 2000L);
        call.hangUp();
        call.awaitEnd();
        assertThat(endsHeard(1)).containsExactly(new CallEvent.RecordingEnded(file, result));
    }

    @Test
    void whatIsPausedIsLeftOut() throws Exception {
        Path file = folder.resolve("paused.wav");
        Call call = dial("1001");
        Recording recording = call.record(file, RecordingOptions.DEFAULT.withSides(RecordedSides.MIXED));
        call.play(tone(1500, 400));
        recording.pause();
        call.play(tone(700, 600));
        recording.resume();
        call.play(tone(2100, 400));
        call.hangUp();
        assertThat(recording.awaitEnd().reason()).isEqualTo(RecordingEnd.CALL_ENDED);
        List<Tone> heard = ToneProbe.hertz(700, 1500, 2100).tones(WavFile.read(file));
        assertThat(heard).extracting(Tone::hertz).contains(1500, 2100);
        // What a stopped play leaves behind is no more than the packets around it.
        assertThat(length(heard.stream().filter(tone -> tone.hertz() == 700).toList()))
                .isLessThan(300);
    }

    @Test
    void silenceAKeyAndTimeEndItAndTheCallGoesOnWithAnother() throws Exception {
        Call call = dial("2");
        Recording first = call.record(
                folder.resolve("1.wav"),
                STEREO.stoppedBy(RecordingOptions.ANY_KEY)
                        .withFormat(RecordingFormat.ULAW)
                        .withBeep());
        assertThat(first.awaitEnd().reason()).isEqualTo(RecordingEnd.KEY);
        Recording second =
                call.record(folder.resolve("2.wav"), RecordingOptions.DEFAULT.untilSilent(Duration.ofMillis(400)));
        RecordingResult silent = second.awaitEnd();
        assertThat(silent.reason()).isEqualTo(RecordingEnd.SILENCE);
        assertThat(silent.length().toMillis()).isBetween(390L, 1500L);
        Recording third = call.record(
                folder.resolve("3.wav"),
                RecordingOptions.DEFAULT.noLongerThan(Duration.ofMillis(300)).withFormat(RecordingFormat.ALAW));
        assertThat(third.awaitEnd())
                .isEqualTo(new RecordingResult(RecordingEnd.TIME, Duration.ofMillis(300), 58 + 2400));
        Recording fourth = call.record(folder.resolve("4.wav"), RecordingOptions.DEFAULT);
        Recording fifth = call.record(folder.resolve("5.wav"), RecordingOptions.DEFAULT);
        assertThat(fourth.awaitEnd().reason()).isEqualTo(RecordingEnd.REPLACED);
        call.hangUp();
        assertThat(fifth.awaitEnd().reason()).isEqualTo(RecordingEnd.CALL_ENDED);
        call.awaitEnd();
        assertThat(endsHeard(5)).hasSize(5);
        assertThat(events).noneMatch(CallEvent.RecordingEnded.class::isInstance);
        List<Tone> beeps = ToneProbe.hertz(1000)
                .tones(trunk.awaitEnd(call.id(), RING)
                        .orElseThrow()
                        .media()
                        .orElseThrow()
                        .pcm());
        assertThat(length(beeps)).isBetween(100L, 340L);
    }

    @Test
    void aCallThatIsNotAnsweredIsNotRecorded() throws Exception {
        Path file = folder.resolve("none.wav");
        Call call = dial("1002");
        Recording recording = call.record(file, RecordingOptions.DEFAULT);
        assertThat(recording.awaitEnd()).isEqualTo(new RecordingResult(RecordingEnd.CALL_ENDED, Duration.ZERO, 0));
        assertThat(file).doesNotExist();
        assertThat(recording.file()).isEqualTo(file);
    }

    @Test
    void oneThatIsStoppedBeforeTheAnswerNeverBegins() throws Exception {
        Call call = dial("1004");
        Recording recording = call.record(folder.resolve("none.wav"), RecordingOptions.DEFAULT);
        recording.stop();
        assertThat(recording.awaitEnd().reason()).isEqualTo(RecordingEnd.STOPPED);
        call.hangUp();
        call.awaitEnd();
        assertThat(folder.resolve("none.wav")).doesNotExist();
    }

    @Test
    void wrongOptionsAreRefused() {
        assertThatThrownBy(() -> RecordingOptions.DEFAULT.stoppedBy("12x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0-9");
        assertThatThrownBy(() -> RecordingOptions.DEFAULT.untilSilent(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
