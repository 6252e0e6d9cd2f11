package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who goes with whom. */
class CompanionsTest {
    private final Companions<String> companions = new Companions<>();

    @Test
    void whoIsJoinedThroughOthersGoesAlong() {
        companions.join("a", "b");
        companions.join("b", "c");
        companions.join("x", "y");
        assertThat(companions.with("a")).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(companions.with("y")).containsExactlyInAnyOrder("x", "y");
        assertThat(companions.with("z")).containsExactly("z");
    }

    @Test
    void whoIsJoinedTwiceIsPartedTwice() {
        companions.join("a", "b");
        companions.join("b", "a");
        companions.part("a", "b");
        assertThat(companions.with("a")).containsExactlyInAnyOrder("a", "b");
        companions.part("a", "b");
        companions.part("a", "b");
        assertThat(companions.with("a")).containsExactly("a");
        assertThat(companions.isEmpty()).isTrue();
    }

    @Test
    void whoEndsIsForgotten() {
        companions.join("a", "b");
        companions.join("b", "c");
        companions.forget("b");
        companions.forget("b");
        companions.part("a", "b");
        assertThat(companions.with("a")).containsExactly("a");
        assertThat(companions.isEmpty()).isTrue();
    }
}
