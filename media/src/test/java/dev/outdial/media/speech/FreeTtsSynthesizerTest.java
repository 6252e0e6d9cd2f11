package dev.outdial.media.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.media.file.AudioFiles;
import dev.outdial.media.file.PcmSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class FreeTtsSynthesizerTest {
    @TempDir
    private Path folder = Path.of("");

    /** The samples at full scale 1. */
    private static float[] samples(Path file) throws IOException {
        try (PcmSource source = AudioFiles.open(file)) {
            assertThat(source.sampleRate()).isEqualTo(16_000);
            float[] all = new float[16_000 * 60];
            int count = 0;
            for (int n; (n = source.read(all, count, all.length - count)) > 0; ) count += n;
            return Arrays.copyOf(all, count);
        }
    }

    private Path spoken(SpeechSynthesizer engine, String text) throws IOException, InterruptedException {
        Path file = Files.createTempFile(folder, "spoken", ".wav");
        SpeechVoice voice = engine.voice(Locale.US, Optional.empty()).orElseThrow();
        engine.synthesize(ScriptReader.read(Utterance.of(text)), voice, file);
        return file;
    }

    private static double rms(float[] samples, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) sum += samples[i] * samples[i];
        return Math.sqrt(sum / (to - from));
    }

    @Test
    void aSentenceIsSpokenTheSameEachTimeAndTheSystemStaysAsItWas() throws IOException, InterruptedException {
        Map<Object, Object> before = new HashMap<>(System.getProperties());
        try (var engine = new FreeTtsSynthesizer()) {
            Path file = spoken(engine, "Hello there, this is a test.");
            float[] samples = samples(file);

            assertThat(samples.length / 16_000.0).isBetween(1.8, 3.0);
            assertThat(20 * Math.log10(rms(samples, 0, samples.length))).isBetween(-30.0, -10.0);
            assertThat(spoken(engine, "Hello there, this is a test.")).hasSameBinaryContentAs(file);
            assertThat(Thread.getAllStackTraces().keySet().stream()
                            .map(Thread::getName)
                            .filter(name -> name.contains("freetts")))
                    .containsExactly("outdial-freetts");
        }
        assertThat(new HashMap<Object, Object>(System.getProperties())).isEqualTo(before);
    }

    @Test
    void manyAtOnceAreSpokenOneAfterTheOther() throws Exception {
        try (var engine = new FreeTtsSynthesizer();
                ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            Path alone = spoken(engine, "number one");
            List<Callable<Path>> tasks = List.of(
                    () -> spoken(engine, "number one"),
                    () -> spoken(engine, "number two"),
                    () -> spoken(engine, "number one"),
                    () -> spoken(engine, "number three"),
                    () -> spoken(engine, "number one"));
            List<Path> files = new ArrayList<>();
            for (Future<Path> done : many.invokeAll(tasks)) files.add(done.get());
            assertThat(files.get(0)).hasSameBinaryContentAs(alone);
            assertThat(files.get(2)).hasSameBinaryContentAs(alone);
            assertThat(files.get(4)).hasSameBinaryContentAs(alone);
            assertThat(Files.readAllBytes(files.get(1))).isNotEqualTo(Files.readAllBytes(alone));
        }
    }

    @Test
    void ssmlChangesRateLevelAndPauses() throws IOException, InterruptedException {
        try (var engine = new FreeTtsSynthesizer()) {
            float[] plain = samples(spoken(engine, "Good morning to you all"));
            float[] slow =
                    samples(spoken(engine, "<speak><prosody rate='50%'>Good morning to you all</prosody></speak>"));
            float[] soft =
                    samples(spoken(engine, "<speak><prosody volume='-12dB'>Good morning to you all</prosody></speak>"));
            float[] high =
                    samples(spoken(engine, "<speak><prosody pitch='+50%'>Good morning to you all</prosody></speak>"));
            float[] apart = samples(spoken(engine, "<speak>Good morning to you all<break time='2s'/></speak>"));

            assertThat((double) slow.length / plain.length).isBetween(1.6, 2.4);
            assertThat(rms(plain, 0, plain.length) / rms(soft, 0, soft.length)).isBetween(3.9, 4.1);
            assertThat(high).isNotEqualTo(plain);
            assertThat((double) high.length / plain.length).isBetween(0.9, 1.1);
            assertThat(apart.length - plain.length).isEqualTo(32_000);
            assertThat(rms(apart, apart.length - 32_000, apart.length)).isZero();
        }
    }

    @Test
    void whatTakesTooLongIsEndedAndTheNextIsSpoken() throws IOException, InterruptedException {
        // A clock on which each look is a second later, until it is told to stand.
        var seconds = new AtomicInteger();
        var step = new AtomicInteger(1);
        try (var engine = new FreeTtsSynthesizer(
                Duration.ofSeconds(3), FreeTtsVoice::new, () -> seconds.addAndGet(step.get()) * 1_000_000_000L)) {
            assertThatThrownBy(() -> spoken(engine, "one two three four five. ".repeat(700)))
                    .isInstanceOf(SpeechException.class)
                    .hasMessageStartingWith("freetts took longer than ");
            step.set(0);
            assertThat(samples(spoken(engine, "one"))).hasSizeGreaterThan(4000);
        }
    }

    @Tag("slow")
    @Test
    void whatIsTooLongIsRefusedAndTheNextIsSpoken() throws IOException, InterruptedException {
        try (var engine = new FreeTtsSynthesizer()) {
            assertThatThrownBy(() -> spoken(engine, "9".repeat(19_000)))
                    .isInstanceOf(SpeechException.class)
                    .hasMessage("what is to be said takes more than 10 minutes");
            assertThat(samples(spoken(engine, "one"))).hasSizeGreaterThan(4000);
        }
    }

    /** What came of a text: nothing, or why it was not spoken. */
    private Callable<String> saying(SpeechSynthesizer engine, String text) {
        return () -> {
            try {
                spoken(engine, text);
                return "";
            } catch (SpeechException sentence) {
                return String.valueOf(sentence.getMessage());
            }
        };
    }

    @Test
    void aLongQueueCostsNoHealthyWorkerItsPlace() throws Exception {
        var voices = new AtomicInteger();
        var speaking = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        FreeTtsSynthesizer.EmbeddedVoice busy = (script, target, stop) -> {
            speaking.countDown();
            awaitForGood(release);
        };
        // By its own clock the voice has only just begun, however long the others have waited.
        try (var engine = new FreeTtsSynthesizer(
                        Duration.ofMillis(30),
                        () -> {
                            voices.incrementAndGet();
                            return busy;
                        },
                        () -> 0);
                ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> first = many.submit(saying(engine, "one"));
            speaking.await();
            List<Callable<String>> tasks = new ArrayList<>();
            for (int i = 0; i < 9; i++) tasks.add(saying(engine, "one"));
            for (Future<String> behind : many.invokeAll(tasks))
                assertThat(behind.get()).startsWith("freetts has so much to say");
            assertThat(first.get()).startsWith("freetts took longer than");

            release.countDown();
            assertThat(saying(engine, "two").call()).isEmpty();
            assertThat(voices).hasValue(1);
        } finally {
            release.countDown();
        }
    }

    @Test
    void whoHangsIsReplacedAndWhoQueuedBehindIsTold() throws Exception {
        var release = new CountDownLatch(1);
        var hanging = new CountDownLatch(1);
        FreeTtsSynthesizer.EmbeddedVoice voice = (script, target, stop) -> {
            if (!script.text().equals("hang")) return;
            hanging.countDown();
            awaitForGood(release);
        };
        var limit = Duration.ofMillis(300);
        try (var engine = new FreeTtsSynthesizer(limit, () -> voice);
                ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> hung = many.submit(saying(engine, "hang"));
            hanging.await();
            // Comes later, and so would wait for longer than the one that hangs.
            assertThatThrownBy(() -> hung.get(limit.toMillis(), TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            Future<String> queued = many.submit(saying(engine, "one"));

            assertThat(hung.get()).startsWith("freetts took longer than");
            assertThat(queued.get()).startsWith("freetts hung at another text");
            assertThat(saying(engine, "two").call()).isEmpty();
        } finally {
            release.countDown();
        }
    }

    private static void awaitForGood(CountDownLatch release) {
        while (release.getCount() > 0) {
            try {
                release.await();
            } catch (InterruptedException ignored) {
                // as a library does that hangs
                continue;
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            Café “Zoë” – straße & €5 …  ; Cafe "Zoe" , strasse and euros 5 ...
            I’m at 20° 👍 ok             ; I'm at 20 degrees ok
            ﬁne ½ Łódź                   ; fine 1 2 Lodz
            """)
    void whatIsNotAsciiIsSaidOtherwise(String text, String expected) {
        assertThat(PlainEnglish.of(text)).isEqualTo(expected);
    }
}
