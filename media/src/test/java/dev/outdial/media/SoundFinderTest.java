package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.media.file.AudioFormatException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoundFinderTest {
    private final SoundFinder finder = new SoundFinder(Optional.of(address -> Path.of("fetched")), Optional.empty());

    @ParameterizedTest
    @ValueSource(strings = {"", "?key=hunter2", "#hunter2", "?key=hunter2#part", "#hunter2?x"})
    void anAddressIsNamedWithoutWhatMayBeSecret(String rest) throws IOException {
        assertThat(finder.find(new Sound.AtUrl(URI.create("https://a.example/b.wav" + rest)))
                        .name())
                .isEqualTo("https://a.example/b.wav");
    }

    @Test
    void theRootHasAName() throws IOException {
        SoundFinder.Found root = finder.find(new Sound.InFile(Path.of("/")));
        assertThat(root.name()).isEqualTo("/");
        assertThatThrownBy(root::open).isInstanceOf(AudioFormatException.class).hasMessageStartingWith("/: a folder");
    }
}
