package dev.outdial.dialer.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariablesTest {
    private static final Variables ANN =
            new Variables(Map.of("name", "Ann", "x", "${name}", "cost", "5 $1 \\", "a b", "c"));

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            Hi ${name}            => Hi Ann
            ${name}${name}        => AnnAnn
            ${ name }             => Ann
            ${a b}                => c
            [${nobody}]           => []
            [${}]                 => []
            [${Name}]             => []
            ${x}                  => ${name}
            ${cost}               => 5 $1 \\
            $name                 => $name
            $                     => $
            ${                    => ${
            ${name                => ${name
            {name}                => {name}
            $${name}              => $Ann
            [${a${name}}]         => [}]
            \\${name}             => \\Ann
            """)
    void namesAreFilledInOnce(String text, String filled) {
        assertThat(ANN.fill(text)).isEqualTo(filled);
    }

    @Test
    @Timeout(5)
    void aLongTextIsFilledInInTime() {
        String open = "${".repeat(100_000);
        assertThat(ANN.fill(open)).isEqualTo(open);
        assertThat(ANN.fill("${name}".repeat(50_000))).hasSize(150_000);
    }

    @Test
    void theNamesOfATextAreToldInItsOrder() {
        assertThat(Variables.namesIn("${b} ${ a } ${b} ${} ${c")).containsExactly("b", "a", "b", "");
    }

    @Test
    void aUserSetsNoneOfOurs() {
        var variables =
                Variables.NONE.with(Variables.DIGITS, "1").withUsers(Map.of(Variables.DIGITS, "2", "name", "Ann"));
        assertThat(variables.get(Variables.DIGITS)).contains("1");
        assertThat(variables.get("name")).contains("Ann");
        assertThat(variables.get("nobody")).isEmpty();
    }

    @Test
    void aUserMaySetAHundredVariables() {
        assertThatCode(() -> Variables.requireUsers(many(100, 1))).doesNotThrowAnyException();
        assertThatThrownBy(() -> Variables.requireUsers(many(101, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("101 variables are too many: at most 100 are expected");
    }

    @Test
    void aValueMayBe32KbLong() {
        assertThatCode(() -> Variables.requireUsers(Map.of("a", "v".repeat(32 * 1024))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Variables.requireUsers(Map.of("a", "v".repeat(32 * 1024 + 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the value of the variable \"a\" is longer than 32 KB");
        assertThatThrownBy(() -> Variables.requireUsers(Map.of("b".repeat(99), "\u00e4".repeat(17 * 1024))))
                .hasMessage("the value of the variable \"" + "b".repeat(60) + "...\" is longer than 32 KB");
    }

    @Test
    void allMayBe64KbLong() {
        Map<String, String> most = new HashMap<>(many(4, 16 * 1024 - 2));
        assertThatCode(() -> Variables.requireUsers(most)).doesNotThrowAnyException();
        most.put("x", "");
        assertThatThrownBy(() -> Variables.requireUsers(most))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the variables are longer than 64 KB in all");
    }

    @Test
    void aVariableHasAName() {
        assertThatThrownBy(() -> Variables.requireUsers(Map.of(" ", "v")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a variable has no name");
    }

    /** Variables of names of two letters. */
    private static Map<String, String> many(int count, int length) {
        return IntStream.range(0, count)
                .boxed()
                .collect(Collectors.toMap(i -> i < 100 ? "%02d".formatted(i) : "1" + i, i -> "v".repeat(length)));
    }
}
