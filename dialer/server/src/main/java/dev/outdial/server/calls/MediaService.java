package dev.outdial.server.calls;

import java.io.IOException;
import java.io.InputStream;

/** Sounds that were uploaded. Accounts, threading and errors as {@link CallService}. */
public interface MediaService {
    /**
     * Keeps what is read under a name, in place of what had it; nothing is changed where reading fails,
     * and where it is no sound that could be played: then INVALID.
     *
     * @param content read to its end, not closed
     */
    Stored put(String account, String name, String contentType, InputStream content) throws IOException;

    /** @param isNew whether the name was free before */
    record Stored(MediaRecord item, boolean isNew) {}

    Page<MediaRecord> list(String account, PageQuery query);

    StoredBytes get(String account, String name);

    void delete(String account, String name);
}
