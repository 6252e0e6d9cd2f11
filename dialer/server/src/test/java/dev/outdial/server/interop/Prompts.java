package dev.outdial.server.interop;

import java.nio.file.Files;
import java.nio.file.Path;

/** The repository's root, and the spoken prompts in it. */
final class Prompts {
    private static final String FOLDER = "testbed/src/main/resources/dev/outdial/testbed/prompts";

    private Prompts() {}

    static Path root() {
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve("mvnw"))) return folder;
        }
        throw new AssertionError("no mvnw above " + Path.of("").toAbsolutePath());
    }

    static Path path(String name) {
        return root().resolve(FOLDER).resolve(name);
    }
}
