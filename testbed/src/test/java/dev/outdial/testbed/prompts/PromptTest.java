package dev.outdial.testbed.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PromptTest {
    @ParameterizedTest
    @EnumSource(Prompt.class)
    void aPromptIsFoundByItsContentWhateverItsName(Prompt prompt, @TempDir Path folder) throws IOException {
        var renamed = Files.move(prompt.copyTo(folder), folder.resolve("renamed"));

        assertThat(Prompt.withContentOf(renamed)).contains(prompt);
        Files.write(renamed, new byte[] {0}, StandardOpenOption.APPEND);
        assertThat(Prompt.withContentOf(renamed)).isEmpty();
        assertThat(prompt.reference()).hasSize(80_244);
    }
}
