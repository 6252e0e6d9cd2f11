package dev.outdial.media.speech;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Anything as a text to be spoken: it is read within its bounds, or refused in one short line; and what is written for espeak-ng can be read. */
public final class SsmlTarget {
    private SsmlTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        take("<speak>" + text);
        take(text);
    }

    private static void take(String text) {
        try {
            Script script = ScriptReader.read(Utterance.of(text));
            require(!script.pieces().isEmpty() && script.pieces().size() <= 500, "bounded pieces");
            for (Script.Piece piece : script.pieces())
                if (piece instanceof Script.Words words) require(!words.text().isBlank(), "words");
            readAgain(script);
            require(PlainEnglish.of(script.text()).chars().allMatch(c -> c >= ' ' && c < 0x7F), "ASCII");
        } catch (SpeechException e) {
            String sentence = String.valueOf(e.getMessage());
            require(sentence.lines().count() == 1 && sentence.length() < 500, "a short line: " + sentence);
        }
    }

    private static void readAgain(Script script) {
        try {
            SsmlReader.read(EspeakSynthesizer.ssml(script), Locale.US);
        } catch (SpeechException e) {
            throw new AssertionError("what was written cannot be read: " + e.getMessage(), e);
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) throw new AssertionError(what);
    }

    public static List<byte[]> seeds() {
        return Stream.of(
                        "Hello there",
                        "<speak>Hello <break time='1.5s'/> you &amp; <prosody rate='slow' volume='-6dB'>me</prosody></speak>",
                        "<speak xml:lang='en-US'><p><s>One</s></p><say-as interpret-as='date' format='mdy'>1/2/2026</say-as>"
                                + "<say-as interpret-as='characters'>ab</say-as><sub alias='x'>y</sub></speak>",
                        "<!DOCTYPE speak [<!ENTITY a 'b'>]><speak>&a;<![CDATA[<c>]]><!-- d --></speak>")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
