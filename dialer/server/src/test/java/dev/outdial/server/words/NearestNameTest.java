package dev.outdial.server.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    private static final List<String> KNOWN = List.of("to", "from", "tag", "trunk", "ring_timeout", "max_duration");

    @ParameterizedTest
    @CsvSource({
        "ringTimeout, ring_timeout",
        "ring-timeout, ring_timeout",
        "rign_timeout, ring_timeout",
        "TRUNK, trunk",
        "turnk, trunk",
        "form, from",
        "tags, tag",
        "maxdurations, max_duration"
    })
    void aSlipOfTheFingersIsUnderstood(String given, String meant) {
        assertThat(NearestName.of(given, KNOWN)).contains(meant);
    }

    @Test
    void somethingElseIsNotGuessed() {
        assertThat(NearestName.of("priority", KNOWN)).isEmpty();
        assertThat(NearestName.of("x".repeat(100_000), KNOWN)).isEmpty();
        assertThat(NearestName.of("to", List.of())).isEmpty();
    }
}
