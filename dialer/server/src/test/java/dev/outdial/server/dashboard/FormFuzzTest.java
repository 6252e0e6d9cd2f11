package dev.outdial.server.dashboard;

import dev.outdial.server.fuzz.JazzerRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What browsers send is read, and what is shown is escaped, whatever it is. */
class FormFuzzTest {
    @TempDir
    private Path folder;

    @Test
    void mutationsOfWhatIsUsualAreTaken() {
        var random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            byte[] input = FormTarget.SEEDS
                    .get(random.nextInt(FormTarget.SEEDS.size()))
                    .clone();
            for (int change = random.nextInt(6); change >= 0; change--)
                input[random.nextInt(input.length)] = (byte) random.nextInt(256);
            FormTarget.fuzzerTestOneInput(input);
        }
    }

    /** Led by coverage, in a JVM of its own. */
    @Tag("slow")
    @Test
    void jazzerFindsNothing() throws IOException, InterruptedException {
        JazzerRun.findsNothing(FormTarget.class, FormTarget.SEEDS, folder, 1024, "dev.outdial.**");
    }
}
