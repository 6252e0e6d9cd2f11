package dev.outdial.server.calls.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits for the store. */
class BacklogTest {
    @TempDir
    private Path folder = Path.of("");

    private static CallChange change(int number) {
        return new CallChange(
                "call", new Change.Told("dtmf.sent", "{\"n\":" + number + "}"), Instant.ofEpochMilli(number));
    }

    private static List<Long> drained(Backlog backlog) {
        List<Long> all = new ArrayList<>();
        for (List<Backlog.Entry> batch = backlog.next(1_000); !batch.isEmpty(); batch = backlog.next(1_000)) {
            batch.forEach(entry -> all.add(entry.change().at().toEpochMilli()));
            backlog.done(batch);
        }
        return all;
    }

    @Test
    void whatDoesNotFitIntoMemoryIsReadFromTheFileInOrder() {
        Path file = folder.resolve("events.jsonl");
        var backlog = new Backlog(file);
        List<Long> expected = new ArrayList<>();
        for (int i = 0; i < 20_500; i++) {
            var unused = backlog.put(change(i));
            expected.add((long) i);
        }
        assertThat(file).exists();

        assertThat(drained(backlog)).isEqualTo(expected);
        assertThat(backlog.size()).isZero();
        assertThat(file).doesNotExist();
    }

    @Test
    void whatIsPutAsideIsFoundByTheNextProcessWithoutWhatACrashCutOff() throws IOException {
        Path file = folder.resolve("events.jsonl");
        var first = new Backlog(file);
        for (int i = 0; i < 3; i++) {
            var unused = first.put(change(i));
        }
        first.putAside();
        Files.writeString(file, "{\"call\":\"call\",\"ki", StandardOpenOption.APPEND);

        assertThat(drained(new Backlog(file))).containsExactly(0L, 1L, 2L);
    }

    @Test
    void everyKindOfChangeIsReadAsItWasWritten() {
        var over =
                new Change.Over("busy", 486, "Busy Here", 17, "USER_BUSY", "remote", "busy", "it was", false, 1, 2, "");
        List<Change> all = List.of(
                new Change.Permitted(2, "id", "carrier"),
                new Change.Sent(),
                new Change.Ringing(180, true),
                new Change.Answered("PCMU", false),
                new Change.Ending(),
                over,
                new Change.Again(5, over),
                new Change.Postponed(6, "quiet hours", "node", 7, "id"),
                new Change.Told("error", "{}"),
                new Change.FlowBegan("run", "flow"),
                new Change.StepBegan("run", "step", "play"),
                new Change.FlowOver("run", "completed", ""),
                new Change.Bridged("bridge"),
                new Change.Chained("other"),
                new Change.RecordingBegan("recording", "a.wav"),
                new Change.RecordingOver("recording", "a.wav", "key", 8, 9),
                new Change.GatherOver("gather", "12", "max-digits", "tag"));
        assertThat(all).hasSameSizeAs(Change.class.getPermittedSubclasses());

        for (Change change : all) {
            var one = new CallChange("call", change, Instant.ofEpochMilli(1));
            assertThat(ChangeText.parse(ChangeText.line(one))).isEqualTo(one);
        }
    }
}
