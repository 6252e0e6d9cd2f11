package dev.outdial.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser, or anybody else, sends as a form. */
class FormTest {
    private static Form read(String body) {
        return Form.read(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void fieldsAreDecodedAndTheFirstOfANameCounts() {
        Form form = read("say=Gr%C3%BC%C3%9Fe+dich&to=%2B1555&to=1002&empty=");
        assertThat(form.text("say")).isEqualTo("Grüße dich");
        assertThat(form.text("to")).isEqualTo("+1555");
        assertThat(form.has("empty")).isFalse();
        assertThat(form.text("nobody")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&&&", "=x", "a=%ZZ", "a=%", "%ZZ=1", "a", "\u0000=\u0000"})
    void whatIsBrokenIsLeftOut(String body) {
        assertThat(read(body).text("a")).isEmpty();
    }

    @Test
    void valuesAreNotToldByItsText() {
        assertThat(read("key=od_SECRET").toString()).doesNotContain("SECRET");
    }
}
