package dev.outdial.media.speech;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.media.speech.Script.Prosody;
import dev.outdial.media.speech.Script.Words;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class EspeakSsmlTest {
    private static String ssml(String words, boolean spelled) {
        return EspeakSynthesizer.ssml(new Script(Locale.US, List.of(new Words(words, spelled, Prosody.PLAIN))));
    }

    @Test
    void whatXmlForbidsIsLeftOut() {
        assertThat(ssml("a\uFFFFb\uFFFEc\uD800d\uDC00e\u0001f\u001Fg", false)).isEqualTo("<speak>abcdefg </speak>");
        assertThat(ssml("a\uFFFF", true)).isEqualTo("<speak><say-as interpret-as=\"characters\">a</say-as> </speak>");
    }

    @Test
    void whatXmlAllowsStays() {
        assertThat(ssml("\uFFFD \uE000 \uD83D\uDC4D <&>", false))
                .isEqualTo("<speak>\uFFFD \uE000 \uD83D\uDC4D &lt;&amp;&gt; </speak>");
    }
}
