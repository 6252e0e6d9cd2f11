package dev.outdial.server.http;

import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.RecordingRecord;
import dev.outdial.server.calls.RecordingService;
import dev.outdial.server.calls.StoredBytes;
import java.util.Optional;
import java.util.UUID;

/** Recordings in memory, all with the same sound: the bytes 0 to 255. */
final class FakeRecordings implements RecordingService {
    private final FakeTable<RecordingRecord> recordings = new FakeTable<>(RecordingRecord::id);

    RecordingRecord add(String account, String callId) {
        var recording = new RecordingRecord(
                UUID.randomUUID().toString(),
                account,
                callId,
                "wav",
                "ended",
                FakeCalls.NOW,
                Optional.of(FakeCalls.NOW.plusSeconds(3)),
                3000,
                256);
        recordings.put(account, recording);
        return recording;
    }

    @Override
    public RecordingRecord get(String account, String id) {
        return recordings.get(account, id);
    }

    @Override
    public Page<RecordingRecord> list(String account, Optional<String> callId, PageQuery query) {
        return recordings.list(
                account,
                query.cursor(),
                query.limit(),
                recording -> callId.map(recording.callId()::equals).orElse(true));
    }

    @Override
    public StoredBytes file(String account, String id) {
        get(account, id);
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) i;
        return FakeMedia.bytes("audio/wav", bytes);
    }

    @Override
    public void delete(String account, String id) {
        recordings.delete(account, id);
    }
}
