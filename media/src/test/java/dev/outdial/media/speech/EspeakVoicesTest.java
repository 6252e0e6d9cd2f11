package dev.outdial.media.speech;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EspeakVoicesTest {
    private static final EspeakVoices VOICES = EspeakVoices.read("""
            Pty Language       Age/Gender VoiceName          File                 Other Languages
             1  ar              --/M      arabic-mbrola-1    mb/mb-ar1           \s
             5  ar              --/M      Arabic             sem/ar              \s
             5  cmn             --/M      Chinese_(Mandarin,_latin_as_English) sit/cmn              (zh-cmn 5)(zh 5)
             5  en-029          --/M      English_(Caribbean) gmw/en-029           (en 10)
             2  en-gb           --/M      English_(Great_Britain) gmw/en               (en 2)
             2  en-us           --/M      English_(America)  gmw/en-US            (en 3)
             5  nb              --/M      Norwegian_Bokmål  gmq/nb               (no 5)
             5  pt              --/M      Portuguese_(Portugal) roa/pt               (pt-pt 5)
             5  pt-br           --/M      Portuguese_(Brazil) roa/pt-BR            (pt 6)
            this is no voice
            """);

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            ar    ;                       ; sem/ar
            ar-EG ;                       ; sem/ar
            ar    ; arabic-mbrola-1       ; mb/mb-ar1
            en-US ;                       ; gmw/en-US
            en    ;                       ; gmw/en
            en-AU ;                       ; gmw/en
            en    ; English (America)     ; gmw/en-US
            en-US ; en-gb+f3              ; gmw/en+f3
            en-US ; +f3                   ; gmw/en-US+f3
            zh    ;                       ; sit/cmn
            pt-PT ;                       ; roa/pt
            pt-BR ;                       ; roa/pt-BR
            no    ;                       ; gmq/nb
            nb    ; norwegian_bokmål      ; gmq/nb
            """)
    void aVoiceIsFoundByLanguageAndName(String tag, String name, String expected) {
        assertThat(VOICES.find(Locale.forLanguageTag(tag), Optional.ofNullable(name))
                        .map(SpeechVoice::name))
                .hasValue(expected);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(VOICES.find(Locale.forLanguageTag("tlh"), Optional.empty())).isEmpty();
        assertThat(VOICES.find(Locale.US, Optional.of("Arabic"))).isEmpty();
        assertThat(VOICES.languages())
                .contains("ar", "en-029", "en-GB", "zh", "pt-BR")
                .doesNotContain("this");
        assertThat(VOICES.namesFor(Locale.forLanguageTag("ar"))).isEqualTo(List.of("Arabic"));
    }

    @Test
    void theScriptIsWrittenAnewForIt() throws SpeechException {
        Script script = ScriptReader.read(
                Utterance.of(
                        "<speak>A &lt; B &amp; C<break time='300ms'/>"
                                + "<prosody rate='slow' volume='-6dB'><say-as interpret-as='characters'>x1</say-as></prosody></speak>"));

        assertThat(EspeakSynthesizer.ssml(script))
                .isEqualTo("<speak>A &lt; B &amp; C <break time=\"300ms\"/><prosody rate=\"80%\" pitch=\"100%\""
                        + " volume=\"50%\"><say-as interpret-as=\"characters\">X1</say-as></prosody> </speak>");
    }
}
