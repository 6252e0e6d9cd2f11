package dev.outdial.dialer.call;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.outdial.dialer.event.CallEvent;
import dev.outdial.media.MediaEvent;
import dev.outdial.media.record.RecordingEnd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A recording on a {@link Stage}: it takes its time and ends as it should, and its file holds silence. <b>Threading:</b> the stage's.
 */
final class StagedRecording {
    private static final int HEADER_BYTES = 44;
    private static final int BYTES_A_SECOND = 16_000;

    private static final int MOST_BYTES = 64 << 20;

    private final Stage stage;
    private final RecordingOrder order;
    private final Consumer<CallEvent> listener;
    private long begunNanos;
    private boolean running;
    private boolean over;

    StagedRecording(Stage stage, RecordingOrder order, Consumer<CallEvent> listener) {
        this.stage = stage;
        this.order = order;
        this.listener = listener;
        order.stoppedBy(() -> stage.execute(() -> end(RecordingEnd.STOPPED)));
    }

    void begin() {
        if (running || over) return;
        running = true;
        begunNanos = stage.nanos();
        Duration longest = order.options().longest();
        if (longest.isPositive()) stage.after(longest.toNanos(), () -> end(RecordingEnd.TIME));
    }

    void replaced() {
        end(RecordingEnd.REPLACED);
    }

    void callEnded() {
        end(RecordingEnd.SESSION_ENDED);
    }

    /** What was recorded is not there, but how long it is. */
    private long writeSilence(long millis) {
        int soundBytes = (int) Math.min(millis * BYTES_A_SECOND / 1000, MOST_BYTES) & ~1;
        ByteBuffer wav = ByteBuffer.allocate(HEADER_BYTES + soundBytes).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(US_ASCII)).putInt(HEADER_BYTES - 8 + soundBytes).put("WAVEfmt ".getBytes(US_ASCII));
        wav.putInt(16).putShort((short) 1).putShort((short) 1).putInt(8000).putInt(BYTES_A_SECOND);
        wav.putShort((short) 2)
                .putShort((short) 16)
                .put("data".getBytes(US_ASCII))
                .putInt(soundBytes);
        try {
            Files.write(order.file(), wav.array());
            return wav.capacity();
        } catch (IOException unwritable) {
            listener.accept(new CallEvent.RecordingFailed(order.file() + " cannot be written"));
            return 0;
        }
    }

    private void end(RecordingEnd why) {
        if (over) return;
        over = true;
        long millis = running ? (stage.nanos() - begunNanos) / 1_000_000 : 0;
        long bytes = running ? writeSilence(millis) : 0;
        var result = order.over(new MediaEvent.RecordingEnded(0, why, millis, bytes));
        if (running) listener.accept(new CallEvent.RecordingEnded(order.file(), result));
    }
}
