package dev.outdial.media.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LettersTest {
    private static Script read(String tag, String text) throws SpeechException {
        return ScriptReader.read(new Utterance(text, Locale.forLanguageTag(tag), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            en-US ; مرحبا        ; the text has Arabic letters (م), and is said to be in English (en-US)
            en-US ; Hello Борис  ; the text has Cyrillic letters (Б), and is said to be in English (en-US)
            de    ; 你好           ; the text has Han letters (你), and is said to be in German (de)
            ar    ; Hello        ; the text has Latin letters only, and is said to be in Arabic (ar)
            ar    ; Привет       ; the text has Cyrillic letters (П), and is said to be in Arabic (ar)
            ru    ; Hello        ; the text has Latin letters only, and is said to be in Russian (ru)
            sr-Cyrl ; Zdravo     ; the text has Latin letters only, and is said to be in Serbian (sr-Cyrl)
            en-US ; ...          ; there is nothing to say: the text has no letter and no digit
            und   ; Hello        ; the language of the text is expected, like en-US or ar
            """)
    void lettersOfAnotherLanguageAreASentence(String tag, String text, String sentence) {
        assertThatThrownBy(() -> read(tag, text))
                .isInstanceOf(SpeechException.class)
                .hasMessage(sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            en-US   ; Café at 5 µm, 10 Ω
            ar      ; مرحبا بكم في Outdial
            ar-EG   ; 12345
            sr      ; Zdravo
            sr      ; Здраво
            sr-Latn ; Zdravo
            ja      ; 日本語とカタカナ
            zh-Hans ; 你好
            ko      ; 안녕하세요
            hi      ; नमस्ते
            """)
    void lettersOfTheLanguageAreSpokenWithNamesInLatinOnes(String tag, String text) throws SpeechException {
        assertThat(read(tag, text).text()).isEqualTo(text);
    }

    @Test
    void whiteSpaceAndControlCharactersAreOneSpace() throws SpeechException {
        assertThat(read("en-US", " Hello\r\n\t there\u0000you\u00a0 ").text()).isEqualTo("Hello there you");
    }
}
