package dev.outdial.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ClipLibraryTest {
    @Test
    void aFaultOfOursIsToldWithoutNamesOfClasses() {
        AudioClip clip = AudioClip.of(Path.of("welcome.wav"));
        var fault = new ArrayIndexOutOfBoundsException("Index 7 out of bounds for length 3");

        assertThat(ClipLibrary.unplayable(clip, fault))
                .hasMessageStartingWith("cannot play ")
                .hasMessageContaining("welcome.wav")
                .hasMessageContaining("a fault of our own")
                .hasMessageNotContainingAny("Exception", "Index", "java.")
                .hasCause(fault);
    }
}
