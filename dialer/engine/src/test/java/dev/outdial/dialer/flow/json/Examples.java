package dev.outdial.dialer.flow.json;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Flows that others wrote. */
public final class Examples {
    private Examples() {}

    /** One body of a request in VoIPBin's tutorial, as printed there (what was escaped for a shell is plain). */
    public static String voipbin(String name) throws IOException {
        try (InputStream in = Examples.class.getResourceAsStream("/flows/voipbin/" + name + ".json")) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
