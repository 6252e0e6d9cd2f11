package dev.outdial.server.calls.live;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.record.RecordedSides;
import dev.outdial.dialer.record.Recording;
import dev.outdial.dialer.record.RecordingOptions;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallService.RecordingWish;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.RecordingRecord;
import dev.outdial.server.calls.RecordingService;
import dev.outdial.server.calls.StoredBytes;
import dev.outdial.server.store.StoredDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Records calls of this process, and hands out what was recorded. <b>Threading:</b> any. */
final class Recordings implements RecordingService {
    /** The state of one that goes on. */
    static final String OPEN = "recording";

    private final Workshop workshop;
    private final Controls controls;

    Recordings(Workshop workshop, Controls controls) {
        this.workshop = workshop;
        this.controls = controls;
    }

    String begin(CallRecord call, RecordingWish wish) {
        LiveCall live = controls.answered(call);
        RecordingOptions options = RecordingOptions.DEFAULT.withSides(RecordedSides.MIXED);
        try {
            if (wish.beep()) options = options.withBeep();
            if (!wish.silence().isZero()) options = options.untilSilent(wish.silence());
            if (!wish.endKeys().isEmpty()) options = options.stoppedBy(wish.endKeys());
            if (!wish.longest().isZero()) options = options.noLongerThan(wish.longest());
        } catch (IllegalArgumentException senseless) {
            throw Troubles.invalid("", String.valueOf(senseless.getMessage()));
        }
        return begin(live, options);
    }

    /** The whole of a call that wants that. */
    void whole(LiveCall live) {
        if (live.record().record()) {
            String unused = begin(live, RecordingOptions.DEFAULT.withSides(RecordedSides.MIXED));
        }
    }

    private String begin(LiveCall live, RecordingOptions options) {
        Call engines = live.call().orElseThrow(Troubles::notAnswered);
        String id = UUID.randomUUID().toString();
        Path file = workshop.settings().recordings().resolve("call_" + live.id() + "_" + id + ".wav");
        try {
            Files.createDirectories(workshop.settings().recordings());
        } catch (IOException unwritable) {
            throw Troubles.conflict("recording_unwritable", "recordings cannot be written now");
        }
        live.recordingIds().put(file, id);
        Recording recording = engines.record(file, options);
        live.recordings().put(id, recording);
        var unused = workshop.write(live.id(), new Change.RecordingBegan(id, file.toString()));
        return id;
    }

    void stop(CallRecord call) {
        LiveCall live = controls.live(call);
        if (live.recordings().isEmpty()) {
            throw Troubles.conflict("not_recording", "the call is not being recorded");
        }
        live.recordings().values().forEach(Recording::stop);
        live.recordings().clear();
    }

    @Override
    public RecordingRecord get(String account, String id) {
        return record(find(account, id));
    }

    private StoredDocument find(String account, String id) {
        return workshop.store()
                .read(tables -> tables.recordings().find(account, id))
                .orElseThrow(() -> Troubles.none("recording", id));
    }

    @Override
    public Page<RecordingRecord> list(String account, Optional<String> callId, PageQuery query) {
        Page<StoredDocument> page = workshop.store()
                .read(tables -> tables.recordings().list(account, callId, query.cursor(), query.limit()));
        return new Page<>(page.items().stream().map(Recordings::record).toList(), page.next());
    }

    @Override
    public StoredBytes file(String account, String id) {
        StoredDocument stored = find(account, id);
        Path file = ended(stored);
        try {
            long length = Files.size(file);
            String tag = id + "-" + length;
            return new StoredBytes("audio/wav", length, tag, offset -> open(file, offset));
        } catch (IOException gone) {
            throw Troubles.none("recording", id);
        }
    }

    private static InputStream open(Path file, long offset) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return Channels.newInputStream(channel.position(offset));
        } catch (IOException unreadable) {
            channel.close();
            throw unreadable;
        }
    }

    /** Its file, which lies in our folder whatever the store says. */
    private Path ended(StoredDocument stored) {
        if (!stored.state().equals("ended")) {
            throw Troubles.conflict("recording_going_on", "the call is still being recorded");
        }
        Path folder = workshop.settings().recordings().toAbsolutePath().normalize();
        Path file = Path.of(CallViews.stored(stored.body()).path("file").asText())
                .toAbsolutePath()
                .normalize();
        if (!file.startsWith(folder)) throw Troubles.none("recording", stored.id());
        return file;
    }

    @Override
    public void delete(String account, String id) {
        Path file = ended(find(account, id));
        Instant now = workshop.now();
        boolean unused = workshop.store().durably(tables -> tables.recordings().softDelete(account, id, now));
        try {
            boolean gone = Files.deleteIfExists(file);
            if (!gone) throw Troubles.none("recording", id);
        } catch (IOException stays) {
            throw Troubles.conflict("recording_undeletable", "its file cannot be deleted now");
        }
    }

    private static RecordingRecord record(StoredDocument stored) {
        JsonNode body = CallViews.stored(stored.body());
        boolean isEnded = stored.state().equals("ended");
        return new RecordingRecord(
                stored.id(),
                stored.account(),
                stored.parent(),
                "wav",
                stored.state(),
                stored.created(),
                isEnded ? Optional.of(Instant.ofEpochMilli(body.path("ended").asLong())) : Optional.empty(),
                Duration.ofMillis(body.path("duration_ms").asLong()).toMillis(),
                body.path("size").asLong());
    }
}
