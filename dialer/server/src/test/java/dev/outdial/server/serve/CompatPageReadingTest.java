package dev.outdial.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page's examples fail where they are wrong. */
class CompatPageReadingTest {
    private static final String PAGE = """
            # Title
            | bandwidth | `USER_ID` = `userId`, `API_SECRET` = `apiSecret` |
            ## Bandwidth: calls
            ```sh
            OUTDIAL_X=yes ./outdial serve
            ```
            ```sh
            curl -s one
            ```
            ```json
            {"id":"...","b":2}
            ```
            words
            ```sh
            curl -s two
            ```
            ## Others
            ```sh
            curl -s three
            ```
            ```
            HTTP 404
            no ... there
            ```
            """;

    private static boolean isRight(CompatPage.Example example, String text, String... statuses) {
        return example.complaint(new ShellRun.Output(text, List.of(statuses))).isEmpty();
    }

    @Test
    void examplesAreFoundWithWhatIsPrintedBelowThem() {
        CompatPage page = CompatPage.of(PAGE);

        assertThat(page.serverSettings()).containsExactly(Map.entry("OUTDIAL_X", "yes"));
        assertThat(page.variables())
                .containsExactly(Map.entry("bandwidth", Map.of("USER_ID", "userId", "API_SECRET", "apiSecret")));
        assertThat(page.sections()).extracting(CompatPage.Section::api).containsExactly("", "bandwidth", "");
        assertThat(page.sections().get(1).examples())
                .extracting(CompatPage.Example::commands)
                .containsExactly("curl -s one\n", "curl -s two\n");
    }

    @Test
    void anExampleIsWrongWhereItsStatusOrItsAnswerIs() {
        CompatPage page = CompatPage.of(PAGE);
        CompatPage.Example one = page.sections().get(1).examples().get(0);
        CompatPage.Example two = page.sections().get(1).examples().get(1);
        CompatPage.Example three = page.sections().get(2).examples().getFirst();

        assertThat(isRight(one, "{\"id\":\"7\",\"b\":2}", "201")).isTrue();
        assertThat(isRight(one, "{\"id\":\"7\",\"b\":2}", "200", "200")).isTrue();
        assertThat(isRight(one, "{\"id\":\"7\",\"b\":2}", "401", "200")).isFalse();
        assertThat(isRight(one, "{\"id\":\"7\",\"b\":3}", "200")).isFalse();
        assertThat(isRight(one, "{\"id\":\"7\",\"b\":2}")).as("no request").isFalse();
        assertThat(isRight(two, "", "200")).as("nothing is printed below").isFalse();
        assertThat(isRight(three, "no such thing there", "404")).isTrue();
        assertThat(isRight(three, "no such thing there", "200")).isFalse();
    }

    @Test
    void aShellWhoseVariableIsMissingFails() throws Exception {
        if (!ShellRun.isPossible()) return;
        List<ShellRun.Output> outputs = ShellRun.of(
                List.of(
                        new CompatPage.Example("ONE=$GIVEN\n", java.util.Optional.empty()),
                        new CompatPage.Example("echo \"$ONE\"\n", java.util.Optional.empty())),
                Map.of("GIVEN", "given"));

        assertThat(outputs).extracting(ShellRun.Output::text).containsExactly("", "given\n");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> ShellRun.of(
                        List.of(new CompatPage.Example("echo \"$NOBODYS_VARIABLE\"\n", java.util.Optional.empty())),
                        Map.of()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("NOBODYS_VARIABLE");
    }
}
