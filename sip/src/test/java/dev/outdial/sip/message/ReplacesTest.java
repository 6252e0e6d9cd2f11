package dev.outdial.sip.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The names of dialogs that are to be replaced. */
class ReplacesTest {
    @Test
    void theExamplesOfTheRfcAreRead() {
        assertThat(Replaces.parse("98732@sip.example.com ;from-tag=r33th4x0r ;to-tag=ff87ff"))
                .contains(new Replaces("98732@sip.example.com", "ff87ff", "r33th4x0r", false));
        assertThat(Replaces.parse("12adf2f34456gs5;to-tag=12345;from-tag=54321;early-only"))
                .contains(new Replaces("12adf2f34456gs5", "12345", "54321", true));
    }

    @Test
    void whatNamesNoDialogIsNothing() {
        for (String value : new String[] {
            "",
            "a@b",
            "a@b;to-tag=1",
            "a@b;from-tag=1",
            ";to-tag=1;from-tag=2",
            "a;to-tag=;from-tag=2",
            "a\rb;to-tag=1;from-tag=2",
            "x".repeat(2000) + ";to-tag=1;from-tag=2"
        }) {
            assertThat(Replaces.parse(value)).as(value).isEmpty();
        }
        assertThatThrownBy(() -> Replaces.of("a;b", "1", "2")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void itMeansTheDialogWithOurTagAsToTag() {
        Replaces named = Replaces.of("a", "ours", "theirs");
        assertThat(named).hasToString("a;to-tag=ours;from-tag=theirs");
        assertThat(named.means("a", "ours", "theirs")).isTrue();
        assertThat(named.means("a", "theirs", "ours")).isFalse();
        assertThat(named.means("b", "ours", "theirs")).isFalse();
    }

    @Test
    void aDialogWithoutATagIsNamedByZero() {
        Replaces named = Replaces.of("a", "ours", "");
        assertThat(named).hasToString("a;to-tag=ours;from-tag=0");
        assertThat(named.means("a", "ours", "")).isTrue();
        assertThat(named.means("a", "ours", "0")).isTrue();
    }
}
