package dev.outdial.server.store;

import static dev.outdial.server.store.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.store.TracesTable.Row;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What went over the wire. */
abstract class TraceStories extends StoreStories {
    TraceStories(Databases database) {
        super(database);
    }

    private static Row row(String callId, int attempt, String messages) {
        return new Row(callId, attempt, NOW.toEpochMilli() + attempt, messages.getBytes(StandardCharsets.UTF_8), "{}");
    }

    private void put(Row... rows) {
        boolean unused = done(store, tables -> {
            tables.traces().put(List.of(rows));
            return true;
        });
    }

    private List<String> of(String callId) {
        return several(store, tables -> tables.traces().ofCall(callId)).stream()
                .map(row -> row.attempt() + " " + new String(row.messages(), StandardCharsets.UTF_8) + row.series())
                .toList();
    }

    @Test
    void attemptsAreKeptInTheirOrderAndTheLastWordOfEachCounts() {
        put(row("a", 2, "second"), row("b", 1, "other"), row("a", 1, "first"));
        put(row("a", 2, "second, to its end"));

        assertThat(of("a")).containsExactly("1 first{}", "2 second, to its end{}");
        assertThat(of("b")).containsExactly("1 other{}");
        assertThat(of("c")).isEmpty();
    }

    @Test
    void asMuchAsALogHoldsFits() {
        String long16 = "\u0000x".repeat(16 * 1024);
        put(row("long", 1, long16));
        assertThat(of("long")).containsExactly("1 " + long16 + "{}");
    }

    @Test
    void theyGoWithTheirCall() {
        CallRecord over = Samples.as(Samples.full("traced"), CallStatus.HANGUP, "completed", Optional.of(NOW));
        store.lightly(tables -> {
            tables.calls().insert(over);
            return true;
        });
        put(row(over.id(), 1, "over"), row("open", 1, "goes on"));
        for (int gone = -1; gone != 0; ) {
            gone = store.durably(tables -> tables.retention().deleteOlderThan(NOW.plusMillis(1), 100));
        }

        assertThat(of(over.id())).isEmpty();
        assertThat(of("open")).hasSize(1);
    }
}
