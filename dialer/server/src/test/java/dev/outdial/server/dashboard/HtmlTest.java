package dev.outdial.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What anybody sent stays text. */
class HtmlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "' onmouseover='alert(1)",
                "</td></table><iframe src=//example.com>",
                "<svg/onload=alert(1)>",
                "<!--<b>-->",
                "{}<b>"
            })
    void aHostileValueMakesNoTagAndLeavesNoAttribute(String value) {
        String text = Html.of("<td title=\"{}\">{}</td>", value, value).toString();
        assertThat(text.chars().filter(sign -> sign == '<').count()).isEqualTo(2);
        assertThat(text.chars().filter(sign -> sign == '>').count()).isEqualTo(2);
        assertThat(text.chars().filter(sign -> sign == '"').count()).isEqualTo(2);
        assertThat(text).doesNotContain("'").startsWith("<td title=\"").endsWith("</td>");
    }

    @Test
    void everySignThatMeansSomethingIsEscaped() {
        assertThat(Html.of("{}", "a&b<c>d\"e'f").toString()).isEqualTo("a&amp;b&lt;c&gt;d&quot;e&#39;f");
        assertThat(Html.of("{}", "&lt;").toString()).isEqualTo("&amp;lt;");
    }

    @Test
    void controlCharactersShowAsNoText() {
        assertThat(Html.of("{}", "a\u0000b\u001Bc\u007Fd\te\r\n").toString()).isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\te\n");
    }

    @Test
    void aPieceIsNotEscapedTwiceAndCollectionsFollowOneAnother() {
        Html bold = Html.of("<b>{}</b>", "<");
        assertThat(Html.of("<p>{}{}</p>", bold, List.of(bold, "&")).toString())
                .isEqualTo("<p><b>&lt;</b><b>&lt;</b>&amp;</p>");
    }

    @Test
    void aValueIsNeverATemplate() {
        assertThat(Html.of("{} {}", "{}", "x").toString()).isEqualTo("{} x");
    }

    @Test
    void placesAndValuesAreAsMany() {
        assertThatThrownBy(() -> Html.of("{}")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Html.of("{}", "a", "b")).isInstanceOf(IllegalArgumentException.class);
    }
}
