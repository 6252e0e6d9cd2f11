package dev.outdial.media.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.outdial.media.speech.Script.Pause;
import dev.outdial.media.speech.Script.Prosody;
import dev.outdial.media.speech.Script.Words;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SsmlReaderTest {
    private static Script read(String ssml) throws SpeechException {
        return ScriptReader.read(Utterance.of(ssml));
    }

    private static Words plain(String words) {
        return new Words(words, false, Prosody.PLAIN);
    }

    @Test
    void breaksAreSilenceBetweenWords() throws SpeechException {
        assertThat(read("<speak>Hello <break time='1.5s'/> there,\n<break strength=\"strong\"/>and<break/>you</speak>")
                        .pieces())
                .containsExactly(
                        plain("Hello"),
                        new Pause(1500),
                        plain("there,"),
                        new Pause(700),
                        plain("and"),
                        new Pause(400),
                        plain("you"));
    }

    @Test
    void betweenParagraphsAndSentencesIsOnePause() throws SpeechException {
        assertThat(read("<?xml version='1.0'?><speak><p><s>One.</s><s>Two.</s></p><p>Three.</p></speak>")
                        .pieces())
                .containsSubsequence(plain("One."), new Pause(250), plain("Two."), new Pause(500), plain("Three."));
    }

    @Test
    void prosodyWithinProsodyIsMultiplied() throws SpeechException {
        Script script =
                read("<speak>a <prosody rate='150%' volume='-6dB'>b <prosody rate='fast' pitch='+2st'>c</prosody>"
                        + "</prosody> d</speak>");

        assertThat(script.pieces().getFirst()).isEqualTo(plain("a"));
        assertThat(script.pieces().getLast()).isEqualTo(plain("d"));
        assertThat(((Words) script.pieces().get(1)).prosody()).isEqualTo(new Prosody(1.5, 1, -6));
        Prosody inner = ((Words) script.pieces().get(2)).prosody();
        assertThat(inner.rate()).isCloseTo(1.875, within(1e-9));
        assertThat(inner.pitch()).isCloseTo(1.1225, within(1e-4));
        assertThat(inner.volumeDb()).isEqualTo(-6);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            digits     ;     ; 4711           ; 4 7 1 1
            telephone  ;     ; 555-0123       ; 5 5 5, 0 1 2 3
            characters ;     ; ab-1           ; A B dash 1
            number     ;     ; 1,234,567.8    ; 1234567.8
            cardinal   ;     ; 12             ; 12
            ordinal    ;     ; 21             ; 21st
            ordinal    ;     ; 112            ; 112th
            date       ;     ; 12/25/2026     ; December 25, 2026
            date       ; dmy ; 1.2.2026       ; February 1, 2026
            date       ; mdy ; 2026-02-01     ; February 1, 2026
            unknown    ;     ; left as it is  ; left as it is
            """)
    void whatIsSaidAsSomethingBecomesWordsThatAnyEngineSpeaks(String how, String format, String text, String expected)
            throws SpeechException {
        String ssml = "<speak><say-as interpret-as='" + how + "'" + (format == null ? "" : " format='" + format + "'")
                + ">" + text + "</say-as></speak>";

        assertThat(read(ssml).text()).isEqualTo(expected);
    }

    @Test
    void aDateIsSaidInItsLanguage() throws SpeechException {
        var utterance = new Utterance(
                "<speak xml:lang='fr-FR'>le <say-as interpret-as='date'>25/12/2026</say-as></speak>",
                Locale.US,
                Optional.empty());

        assertThat(ScriptReader.read(utterance))
                .isEqualTo(new Script(Locale.FRANCE, List.of(plain("le 25 décembre 2026"))));
    }

    @Test
    void whatStandsForAnotherIsNotSpoken() throws SpeechException {
        assertThat(read("<speak>The <sub alias='World Wide Web Consortium'>W3C</sub>.</speak>")
                        .text())
                .isEqualTo("The World Wide Web Consortium .");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            <speak>Hello <break></speak> => line 1, column 2
            <speak>a &copy; b</speak> => line 1
            <speak><audio src='file:///etc/passwd'/></speak> => <audio> is not understood here
            <speak><voice name='x'>a</voice></speak> => <voice> is not understood here
            <speak><break time='5 minutes'/>a</speak> => time="5 minutes": 500ms or 1.5s is expected
            <speak><break time='61s'/>a</speak> => time="61s": at most 60 s is expected
            <speak><prosody rate='quick'>a</prosody></speak> => rate="quick": x-slow to x-fast
            <speak><prosody pitch='120Hz'>a</prosody></speak> => pitch="120Hz": x-low to x-high
            <speak><prosody volume='11'>a</prosody><x/></speak> => <x> is not understood here
            <speak><say-as>5</say-as></speak> => <say-as> has no interpret-as
            <speak><say-as interpret-as='date'>2/30/2026</say-as></speak> => there is no date 2/30/2026 (mdy)
            <speak>a<p xml:lang='de'>b</p></speak> => a language within another (de)
            <speaker>a</speaker> => <speak> is expected
            <speak>a => line 1
            <speak/> => there is nothing to say
            <speak><break time='1s'/></speak> => there is nothing to say
            """)
    void whatIsWrongIsSaidWithItsPlace(String ssml, String sentence) {
        assertThatThrownBy(() -> read(ssml)).isInstanceOf(SpeechException.class).hasMessageContaining(sentence);
    }

    @Test
    void theLineIsCounted() {
        assertThatThrownBy(() -> read("<speak>\n one\n <brake/>\n</speak>"))
                .hasMessageStartingWith("SSML, line 3, column ")
                .hasMessageContaining("<brake> is not understood here");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<speak>&lol;</speak>",
                "<!DOCTYPE speak [<!ENTITY lol SYSTEM 'file:///etc/hostname'>]><speak>&lol;</speak>",
                "<!DOCTYPE speak SYSTEM 'http://192.0.2.1/speak.dtd'><speak>a</speak>",
                "<?xml version='1.0'?><!DOCTYPE speak [<!ENTITY a 'aa'><!ENTITY b '&a;&a;&a;'>]><speak>&b;</speak>"
            })
    void nothingIsReadFromElsewhere(String ssml) {
        assertThatThrownBy(() -> read(ssml))
                .isInstanceOf(SpeechException.class)
                .hasMessageStartingWith("SSML, line 1, column ");
    }

    @Test
    void depthAndLengthAreBounded() {
        String deep = "<speak>" + "<s>".repeat(40) + "a" + "</s>".repeat(40) + "</speak>";
        assertThatThrownBy(() -> read(deep)).hasMessageContaining("more than 32");
        String many = "<speak>a" + "<break/>a".repeat(400) + "</speak>";
        assertThatThrownBy(() -> read(many)).hasMessageContaining("more than 500 pieces");
        assertThatThrownBy(() -> read("a".repeat(20_001))).hasMessageContaining("at most 20000 are spoken");
    }
}
