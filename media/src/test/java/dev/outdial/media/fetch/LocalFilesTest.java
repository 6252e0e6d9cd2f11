package dev.outdial.media.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest {
    @TempDir
    private Path folder = Path.of("");

    private Path prompts = Path.of("");
    private Path secret = Path.of("");

    @BeforeEach
    void aFolderOfPromptsAndASecretBesideIt() throws IOException {
        prompts = Files.createDirectories(folder.resolve("prompts"));
        Files.createDirectories(prompts.resolve("en"));
        Files.writeString(prompts.resolve("en/hello.wav"), "hello");
        secret = Files.writeString(folder.resolve("secret"), "secret");
        Files.writeString(folder.resolve("prompts-secret"), "secret");
    }

    private LocalFiles files() {
        return new LocalFiles(List.of(folder.resolve("missing"), prompts));
    }

    private void assertThatItIsNotFound(String name) {
        assertThatThrownBy(() -> files().find(name))
                .isInstanceOf(FetchException.class)
                .hasMessage("there is no file " + Path.of(name) + " in the folders that files are played from");
    }

    @Test
    void aFileBelowTheFolderIsFoundByEitherPath() throws IOException {
        Path real = prompts.resolve("en/hello.wav").toRealPath();

        assertThat(files().find("en/hello.wav")).isEqualTo(real);
        assertThat(files().find("en/../en/./hello.wav")).isEqualTo(real);
        assertThat(files().find(real.toString())).isEqualTo(real);
    }

    @Test
    void nothingLeadsOut() throws IOException {
        Files.createSymbolicLink(prompts.resolve("link"), secret);
        Files.createSymbolicLink(prompts.resolve("up"), folder);

        assertThatItIsNotFound("../secret");
        assertThatItIsNotFound("en/../../secret");
        assertThatItIsNotFound(secret.toString());
        assertThatItIsNotFound("../prompts-secret");
        assertThatItIsNotFound("link");
        assertThatItIsNotFound("up/secret");
        assertThatItIsNotFound("up/../secret");
        assertThatItIsNotFound("/etc/passwd");
        assertThatItIsNotFound("file:///etc/passwd");
        assertThatItIsNotFound("http://example.com/");
    }

    @Test
    void whatIsElsewhereAndWhatIsNowhereGetTheSameAnswer() {
        assertThatItIsNotFound("/no/such/file");
        assertThatItIsNotFound("../nothing");
        assertThatItIsNotFound("nothing.wav");
    }

    @Test
    void aLinkThatStaysWithinAndAFolderThatIsALinkAreFine() throws IOException {
        Files.createSymbolicLink(prompts.resolve("hi.wav"), Path.of("en/hello.wav"));
        Path alias = Files.createSymbolicLink(folder.resolve("alias"), prompts);

        assertThat(files().find("hi.wav"))
                .isEqualTo(prompts.resolve("en/hello.wav").toRealPath());
        assertThat(new LocalFiles(List.of(alias)).find("en/hello.wav"))
                .isEqualTo(prompts.resolve("en/hello.wav").toRealPath());
    }

    @Test
    void aFolderIsNoFile() {
        assertThatItIsNotFound("en");
        assertThatItIsNotFound(".");
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        assertThatThrownBy(() -> files().find(" ")).hasMessage("the name of a file is expected");
        assertThatThrownBy(() -> files().find("en/hello.wav\0.mp3"))
                .hasMessage("the name of a file has no control characters");
        assertThatThrownBy(() -> files().find("a\nb")).hasMessage("the name of a file has no control characters");
    }
}
