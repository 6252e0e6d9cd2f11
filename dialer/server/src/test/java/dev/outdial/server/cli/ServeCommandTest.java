package dev.outdial.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.server.config.ConfigReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeCommandTest {
    @TempDir
    private Path folder;

    @Test
    void initWritesAConfigurationThatIsReadWithoutAFindingAndShowsAKeyOnce() throws Exception {
        Run run = Run.outdial("init", "--dir", folder.resolve("new").toString());
        Path file = folder.resolve("new/outdial.yaml");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .containsPattern("access key  od_[0-9A-Za-z]{12}_[0-9A-Za-z]{40} ")
                .contains(file.toString());
        String key = run.out().replaceAll("(?s).*(od_\\w+_\\w+).*", "$1");
        assertThat(Files.readString(file)).doesNotContain(key);
        assertThat(ConfigReader.read(file, Map.of()).http().port()).isEqualTo(8080);
        assertThat(folder.resolve("new/outdial-data/outdial.mv.db")).exists();
    }

    @Test
    void initOverwritesNothing() throws Exception {
        Path file = Files.writeString(folder.resolve("outdial.yaml"), "drain: 1s\n");

        Run run = Run.outdial("init", "--dir", folder.toString());

        assertThat(run.status()).isEqualTo(64);
        assertThat(run.err()).isEqualTo("outdial: " + file + " is there already and stays as it is\n");
        assertThat(file).hasContent("drain: 1s\n");
        assertThat(folder.resolve("outdial-data")).doesNotExist();
    }

    @Test
    void aConfigurationThatMakesNoSenseStartsNothing() throws Exception {
        Path file = Files.writeString(folder.resolve("outdial.yaml"), "http:\n  prot: 1\n");

        Run wrong = Run.outdial("serve", "--config", file.toString());
        Run missing = Run.outdial("serve", "--config", folder.resolve("none").toString());
        Run port = Run.outdial("serve", "--port", "x");

        assertThat(wrong.status()).isEqualTo(64);
        assertThat(wrong.err())
                .isEqualTo(
                        "outdial: " + file + " line 2: there is no setting 'http.prot' (did you mean 'http.port'?)\n");
        assertThat(missing.status()).isEqualTo(64);
        assertThat(missing.err()).contains("there is no such file; 'outdial init' writes one");
        assertThat(port.status()).isEqualTo(64);
        assertThat(wrong.out() + missing.out() + port.out()).isEmpty();
    }
}
