package dev.outdial.dialer.flow.json;

import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.FlowException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads a flow: a JSON array of actions, or an object with {@code actions} and perhaps {@code name}. <b>Threading:</b> any.
 */
public final class FlowReader {
    private FlowReader() {}

    /**
     * Reads a flow.
     *
     * @throws FlowException where it is none; says of everything that is wrong where it is
     */
    public static Flow read(String json) {
        throw new UnsupportedOperationException();
    }

    /**
     * Reads a flow from a file in UTF-8.
     *
     * @throws IOException where the file cannot be read
     * @throws FlowException where it is none; says of everything that is wrong where it is
     */
    public static Flow read(Path file) throws IOException {
        throw new UnsupportedOperationException();
    }
}
