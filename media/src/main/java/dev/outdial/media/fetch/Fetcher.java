package dev.outdial.media.fetch;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** Brings a file from an address. <b>Threading:</b> any; waits. */
public interface Fetcher {
    /**
     * Fetches what lies at the address now, or takes what was fetched before where the server says that it has not changed.
     *
     * @return a local file, whole; not to be changed or removed by who reads it
     * @throws IOException with a sentence that says what was refused or failed, without the address's query
     */
    Path fetch(URI address) throws IOException;
}
