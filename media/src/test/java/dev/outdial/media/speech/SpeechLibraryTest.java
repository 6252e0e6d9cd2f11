package dev.outdial.media.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.testbed.probe.SpokenTones;
import dev.outdial.testbed.sound.WavFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SpeechLibraryTest {
    @TempDir
    private Path folder = Path.of("");

    private final AtomicInteger spoken = new AtomicInteger();

    /** Tones, for those languages and voices, that count how often they were made. */
    private class Counted implements SpeechSynthesizer {
        private final ToneCodedSynthesizer tones = new ToneCodedSynthesizer();
        private final String name;
        private final List<String> languages;

        Counted(String name, String... languages) {
            this.name = name;
            this.languages = List.of(languages);
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public List<String> languages() {
            return languages;
        }

        @Override
        public List<String> voices(Locale language) {
            return List.of(name + "-voice");
        }

        @Override
        public Optional<SpeechVoice> voice(Locale language, Optional<String> asked) {
            return asked.filter(other -> !other.equals(name + "-voice")).isPresent()
                    ? Optional.empty()
                    : Languages.spoken(languages, language).map(tag -> new SpeechVoice(name + "-voice", tag));
        }

        @Override
        public void synthesize(Script script, SpeechVoice voice, Path target) throws SpeechException {
            spoken.incrementAndGet();
            // Which engine it was can be heard.
            Script.Words words = new Script.Words(name + ":" + script.text(), false, Script.Prosody.PLAIN);
            tones.synthesize(new Script(script.language(), List.of(words)), voice, target);
        }
    }

    private SpeechLibrary library(SpeechSynthesizer... engines) {
        return new SpeechLibrary(List.of(engines), folder, SpeechLibrary.DEFAULT_MAX_BYTES);
    }

    private static Utterance in(String tag, String text) {
        return new Utterance(text, Locale.forLanguageTag(tag), Optional.empty());
    }

    private static String heard(Path file) throws IOException {
        return String.join(",", SpokenTones.codes(WavFile.read(file)));
    }

    private static String code(String words) {
        return SpokenTones.code(words);
    }

    @Test
    void theFirstEngineThatSpeaksTheLanguageSpeaks() throws IOException {
        var library = library(new Counted("a", "en-US"), new Counted("b", "en-GB", "de", "ar"));

        assertThat(heard(library.speak(in("en-US", "Hello")))).isEqualTo(code("a:Hello"));
        assertThat(heard(library.speak(in("en-AU", "Hello")))).isEqualTo(code("a:Hello"));
        assertThat(heard(library.speak(in("de-AT", "Hallo")))).isEqualTo(code("b:Hallo"));
        assertThat(heard(library.speak(new Utterance("Hello", Locale.US, Optional.of("b-voice")))))
                .isEqualTo(code("b:Hello"));
    }

    @Test
    void whatNobodySpeaksIsASentenceThatNamesWhatIsSpoken() {
        var library = library(new Counted("a", "en-US"), new Counted("b", "en-GB", "de"));

        assertThatThrownBy(() -> library.speak(in("ar", "مرحبا")))
                .isInstanceOf(SpeechException.class)
                .hasMessage("no engine speaks Arabic (ar); spoken are: de, en-GB, en-US");
        assertThatThrownBy(() -> library.speak(in("en-US", "مرحبا")))
                .hasMessage("the text has Arabic letters (م), and is said to be in English (en-US)");
        assertThatThrownBy(() -> library.speak(new Utterance("Hello", Locale.US, Optional.of("nobody"))))
                .hasMessage("there is no voice 'nobody' for English (en-US); there are: a-voice, b-voice");
        assertThat(spoken).hasValue(0);
    }

    @Test
    void whatWasSpokenIsTakenFromDiskByAnotherProcessToo() throws IOException {
        Path first = library(new Counted("a")).speak(in("de", "Guten Tag"));
        Path again = library(new Counted("a")).speak(in("de", "Guten Tag"));

        assertThat(again).isEqualTo(first);
        assertThat(spoken).hasValue(1);
        library(new Counted("b")).speak(in("de", "Guten Tag"));
        library(new Counted("a")).speak(in("de", "Guten Abend"));
        library(new Counted("a")).speak(in("de-AT", "Guten Tag"));
        assertThat(spoken).hasValue(4);
        assertThat(names()).hasSize(4).allMatch(name -> name.matches("[0-9a-f]{64}\\.wav"));
    }

    @Test
    void whatIsAskedForTwiceAtOnceIsSpokenOnce() throws Exception {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var library = library(new Counted("a") {
            @Override
            public void synthesize(Script script, SpeechVoice voice, Path target) throws SpeechException {
                begun.countDown();
                awaitQuietly(goOn);
                super.synthesize(script, voice, target);
            }
        });
        var one = speaking(library);
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        var other = speaking(library);
        goOn.countDown();

        assertThat(one.get(10, TimeUnit.SECONDS)).isEqualTo(other.get(10, TimeUnit.SECONDS));
        assertThat(spoken).hasValue(1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static CompletableFuture<Path> speaking(SpeechLibrary library) {
        var done = new CompletableFuture<Path>();
        Thread.startVirtualThread(() -> {
            try {
                done.complete(library.speak(in("en-US", "Hello")));
            } catch (IOException failed) {
                done.completeExceptionally(failed);
            }
        });
        return done;
    }

    @Test
    void whatFailsLeavesNothingAndIsTriedAgain() throws IOException {
        var fails = new AtomicInteger(1);
        var library = library(new Counted("a") {
            @Override
            public void synthesize(Script script, SpeechVoice voice, Path target) throws SpeechException {
                super.synthesize(script, voice, target);
                if (fails.getAndDecrement() > 0) throw new SpeechException("the engine is hoarse");
            }
        });
        assertThatThrownBy(() -> library.speak(in("en-US", "Hello")))
                .isInstanceOf(SpeechException.class)
                .hasMessage("the engine is hoarse");
        assertThat(names()).isEmpty();

        assertThat(heard(library.speak(in("en-US", "Hello")))).isEqualTo(code("a:Hello"));
    }

    @Test
    void whatIsNoSoundIsNotKept() throws IOException {
        var library = library(new Counted("a") {
            @Override
            public void synthesize(Script script, SpeechVoice voice, Path target) throws SpeechException {
                try {
                    Files.writeString(target, "<html>busy</html>");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        assertThatThrownBy(() -> library.speak(in("en-US", "Hello")))
                .isInstanceOf(SpeechException.class)
                .hasMessageStartingWith("a answered what cannot be played: ")
                .hasMessageNotContaining(".part");
        assertThat(names()).isEmpty();
    }

    @Test
    void theFolderIsBoundedAndWhatIsNotOursStays() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "mine");
        var clock = new Clock[] {Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC)};
        var engine = new Counted("a");
        // A text is 11,564 bytes of tones: two of them fit.
        for (int i = 0; i < 4; i++) {
            new SpeechLibrary(List.of(engine), folder, 25_000, clock[0]).speak(in("en-US", "number " + i));
            clock[0] = Clock.offset(clock[0], Duration.ofMinutes(2));
        }
        assertThat(names()).hasSize(3).contains("notes.txt");
        new SpeechLibrary(List.of(engine), folder, 25_000, clock[0]).speak(in("en-US", "number 3"));
        assertThat(spoken).hasValue(4);
        new SpeechLibrary(List.of(engine), folder, 25_000, clock[0]).speak(in("en-US", "number 0"));
        assertThat(spoken).hasValue(5);
    }

    @Test
    void enginesOnTheClassPathAreFound() {
        assertThat(ServiceLoader.load(SpeechSynthesizer.class).stream()
                        .map(engine -> engine.get().name()))
                .contains("freetts", "tones");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
