package dev.outdial.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.server.cli.CommandLineRun;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Speech by espeak-ng, as it is installed. */
@Tag("interop")
@Timeout(120)
class SpeechProgramTest {
    @TempDir
    private Path folder = Path.of("");

    private record Said(int status, String errors, short[] sound) {
        double seconds() {
            return sound.length / 8000.0;
        }

        double rms() {
            double sum = 0;
            for (short sample : sound) sum += (double) sample * sample;
            return Math.sqrt(sum / sound.length);
        }
    }

    private Said say(String language, String text, String... more) {
        Path file = folder.resolve("said.wav");
        var errors = new StringWriter();
        String[] arguments = {
            "say", text, "--language", language, "--speech", "exec:espeak-ng", "--out", file.toString()
        };
        String[] all = Stream.of(arguments, more).flatMap(Arrays::stream).toArray(String[]::new);
        int status = CommandLineRun.outdial(new PrintWriter(new StringWriter()), new PrintWriter(errors, true), all);
        return new Said(status, errors.toString(), status == 0 ? Ffmpeg.decode(file) : new short[0]);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            ar    ; مرحبا بكم في خدمة الهاتف
            ar-EG ; رقمك هو 4711
            de-DE ; Guten Tag, Ihr Code ist 4711.
            fr    ; Bonjour à tous
            pt-BR ; Olá, tudo bem?
            ru    ; Добрый день
            hi    ; नमस्ते दुनिया
            zh    ; 你好世界
            en-GB ; Hello there, everybody
            """)
    void manyLanguagesAreSpoken(String language, String text) {
        Said said = say(language, text);

        assertThat(said.status()).as(said.errors()).isZero();
        assertThat(said.seconds()).isBetween(0.5, 6.0);
        assertThat(said.rms()).isBetween(500.0, 12_000.0);
    }

    @Test
    void arabicIsSpokenByItsOwnVoiceAndNotSpelledInEnglish() {
        String text = "مرحبا بكم في خدمة الهاتف";
        String phonemes = PeerProcess.run(List.of("espeak-ng", "-q", "-x", "-v", "sem/ar", text));

        assertThat(phonemes).doesNotContain("(en)");
        assertThat(say("ar", text, "--voice", "Arabic").sound())
                .isEqualTo(say("ar", text).sound());
        assertThat(say("ar", text, "--voice", "+f3").sound())
                .isNotEqualTo(say("ar", text).sound());
    }

    @Test
    void ssmlIsUnderstood() {
        double plain = say("en-US", "Hello there everybody").seconds();

        assertThat(say("en-US", "<speak>Hello there<break time='2s'/>everybody</speak>")
                                .seconds()
                        - plain)
                .isBetween(1.8, 2.8);
        assertThat(say("en-US", "<speak><prosody rate='50%'>Hello there everybody</prosody></speak>")
                                .seconds()
                        / plain)
                .isBetween(1.5, 2.3);
        assertThat(say("en-US", "<speak><prosody volume='-6dB'>Hello there everybody</prosody></speak>")
                                .rms()
                        / say("en-US", "Hello there everybody").rms())
                .isBetween(0.45, 0.55);
        assertThat(say("en-US", "<speak><say-as interpret-as='characters'>abcdef</say-as></speak>")
                        .seconds())
                .isGreaterThan(1.2);
        assertThat(say("en-US", "5 < 6 & 7 > 2 <break time='9s'/>").seconds()).isBetween(1.0, 8.0);
    }

    @Test
    void whatItDoesNotSpeakIsASentence() {
        assertThat(say("tlh", "nuqneH").errors())
                .contains("no engine speaks Klingon (tlh); spoken are: ", "ar", "more");
        assertThat(say("ar", "مرحبا", "--voice", "Nobody").errors())
                .contains("there is no voice 'Nobody' for Arabic (ar); there are: Arabic");
        assertThat(say("en-US", "مرحبا").errors()).contains("the text has Arabic letters (م)");
    }
}
