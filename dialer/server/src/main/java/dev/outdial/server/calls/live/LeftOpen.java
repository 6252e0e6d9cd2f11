package dev.outdial.server.calls.live;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.dialer.gather.GatherEnd;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.store.NodesTable;
import dev.outdial.server.store.StoredDocument;
import dev.outdial.server.store.Tables;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what goes on in the store alone, as nobody was left to tell of its end: recordings and gatherings of calls
 * that are over, bridges of processes that are gone. <b>Threading:</b> one owner.
 */
final class LeftOpen {
    private static final Logger LOG = LoggerFactory.getLogger(LeftOpen.class);
    /** Whoever had the call says how it ended within that time. */
    private static final Duration LATEST_WORD = Duration.ofMinutes(1);

    private static final int MOST_AT_ONCE = 200;
    /** A recording's header, as it is written here. */
    private static final int HEADER_BYTES = 44;

    private static final int RATE_AT = 28;

    private final Workshop workshop;

    LeftOpen(Workshop workshop) {
        this.workshop = workshop;
    }

    /** The ends of what is open in calls that are about to end. */
    List<CallChange> of(List<CallRecord> calls) {
        return ends(workshop.store()
                .read(tables -> calls.stream()
                        .flatMap(call -> Stream.concat(
                                tables.gathers().ofParent(call.id()).stream(),
                                tables.recordings().ofParent(call.id()).stream()))
                        .filter(one -> isRecording(one) || one.state().equals(Gathers.OPEN))
                        .toList()));
    }

    /** Ends what is open in calls that have been over for a while, and bridges that nobody has. */
    void look() {
        var before = workshop.now().minus(LATEST_WORD);
        List<StoredDocument> left = workshop.store().read(tables -> {
            List<StoredDocument> open =
                    new ArrayList<>(tables.recordings().ofOverCalls(Recordings.OPEN, before, MOST_AT_ONCE));
            open.addAll(tables.gathers().ofOverCalls(Gathers.OPEN, before, MOST_AT_ONCE));
            return open;
        });
        if (!left.isEmpty()) end(ends(left));
        bridges();
    }

    private void end(List<CallChange> ends) {
        LOG.info("{} recordings and gatherings of calls that are over end", ends.size());
        workshop.afterwards(workshop.store().durably(tables -> {
            var after = new Aftermath();
            ends.forEach(one -> {
                var unused = workshop.keeper().keep(tables, one, after);
            });
            return after;
        }));
    }

    private List<CallChange> ends(List<StoredDocument> open) {
        return open.stream()
                .map(one -> new CallChange(one.parent(), isRecording(one) ? recorded(one) : gathered(one), now()))
                .toList();
    }

    private Instant now() {
        return workshop.now();
    }

    private static boolean isRecording(StoredDocument one) {
        return one.state().equals(Recordings.OPEN);
    }

    private static Change gathered(StoredDocument gather) {
        JsonNode body = CallViews.stored(gather.body());
        return new Change.GatherOver(
                gather.id(), "", GatherEnd.HUNG_UP.word(), body.path("tag").asText());
    }

    /** With as much as is in the file: that is whole after each write. */
    private static Change recorded(StoredDocument recording) {
        String file = CallViews.stored(recording.body()).path("file").asText();
        long size = 0;
        long millis = 0;
        try {
            size = Files.size(Path.of(file));
            millis = millis(Path.of(file), size);
        } catch (IOException | InvalidPathException elsewhere) {
            LOG.debug("recording={} is not to be read here: {}", recording.id(), elsewhere.toString());
        }
        return new Change.RecordingOver(recording.id(), file, "call-ended", millis, size);
    }

    private static long millis(Path file, long size) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.read(header, 0) < HEADER_BYTES) return 0;
        }
        int bytesPerSecond = header.getInt(RATE_AT);
        return bytesPerSecond <= 0 ? 0 : (size - HEADER_BYTES) * 1000 / bytesPerSecond;
    }

    private void bridges() {
        List<StoredDocument> left = workshop.store().read(LeftOpen::ofNobody);
        if (left.isEmpty()) return;
        var now = now();
        boolean unused = workshop.store().durably(tables -> {
            for (StoredDocument one : left) {
                tables.bridges().lock(one.id()).ifPresent(known -> {
                    boolean isKept = tables.bridges().update(known.changed(LiveBridges.OVER, known.body(), now));
                });
            }
            return true;
        });
        LOG.info("{} bridges of processes that are gone are over", left.size());
    }

    private static List<StoredDocument> ofNobody(Tables tables) {
        List<String> alive =
                tables.nodes().alive().stream().map(NodesTable.Node::id).toList();
        return LiveBridges.OPEN.stream()
                .flatMap(state -> tables.bridges().inState(state).stream())
                .filter(one -> !alive.contains(LiveBridges.node(one)))
                .limit(MOST_AT_ONCE)
                .toList();
    }
}
