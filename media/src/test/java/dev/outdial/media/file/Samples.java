package dev.outdial.media.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The small files among the test resources; their README says where they come from. */
public final class Samples {
    private Samples() {}

    /** The content of one. */
    public static byte[] bytes(String name) {
        try (InputStream in = Samples.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalArgumentException("no resource " + name);
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
