package dev.outdial.server.calls;

import java.util.Optional;

/** What was recorded. Accounts, threading and errors as {@link CallService}. */
public interface RecordingService {
    RecordingRecord get(String account, String id);

    /** @param callId only those of that call */
    Page<RecordingRecord> list(String account, Optional<String> callId, PageQuery query);

    /** Its sound; CONFLICT while it is still being recorded. */
    StoredBytes file(String account, String id);

    /** Forgets it and deletes its file; CONFLICT while it is still being recorded. */
    void delete(String account, String id);
}
