package dev.outdial.server.store;

import static dev.outdial.server.store.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.server.calls.CallEventRecord;
import dev.outdial.server.calls.CallRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Events and their deliveries. */
abstract class EventStories extends StoreStories {
    EventStories(Databases database) {
        super(database);
    }

    @Test
    void whoHasSeenACursorFindsNoSmallerOneLater() throws Exception {
        List<CallRecord> calls = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            CallRecord call = Samples.queued("order", "+4970");
            calls.add(call);
            store.lightly(tables -> {
                tables.calls().insert(call);
                return true;
            });
        }
        var over = new AtomicBoolean();
        List<CallEventRecord> followed = new ArrayList<>();
        Thread reader = Thread.ofPlatform().start(() -> {
            long cursor = 0;
            for (boolean last = false; !last; ) {
                last = over.get();
                long from = cursor;
                List<CallEventRecord> more =
                        store.read(tables -> tables.events().after("order", from, 1000));
                followed.addAll(more);
                cursor = more.isEmpty() ? cursor : more.getLast().cursor();
            }
        });
        atOnce(8, thread -> {
            for (int i = 0; i < 25; i++) {
                // Two calls in one transaction, in the order of all who do so: else they would wait for each other.
                int first = Math.min((thread + i) % 4, (thread + i + 1) % 4);
                int second = Math.max((thread + i) % 4, (thread + i + 1) % 4);
                CallRecord one = calls.get(first);
                CallRecord other = calls.get(second);
                String account = "order";
                store.lightly(tables -> {
                    tables.events().append(account, "a", NOW, one.id(), "{}");
                    return tables.events().append(account, "b", NOW, other.id(), "{}");
                });
            }
            return true;
        });
        over.set(true);
        reader.join();

        assertThat(followed).hasSize(400);
        assertThat(followed.stream().map(CallEventRecord::cursor)).isSorted().doesNotHaveDuplicates();
        for (CallRecord call : calls) {
            assertThat(followed.stream()
                            .filter(event -> event.callId().equals(call.id()))
                            .map(CallEventRecord::seq))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 100).boxed().toList());
            assertThat(several(store, tables -> tables.events().ofCall("order", call.id())))
                    .hasSize(100);
        }
    }

    @Test
    void theFirstOfEachStreamGoesOutAloneUntilItIsDoneWith() {
        store.durably(tables -> {
            tables.outbox().insert(row("s1-1", "s1", 1));
            tables.outbox().insert(row("s1-2", "s1", 2));
            tables.outbox().insert(row("s2-1", "s2", 1));
            return true;
        });
        assertThat(claim(0)).containsExactlyInAnyOrder("s1-1", "s2-1");
        assertThat(claim(0)).as("they are being sent").isEmpty();
        store.durably(tables -> {
            tables.outbox().delivered("s1-1", NOW);
            tables.outbox().failed("s2-1", NOW.plusSeconds(60), "500");
            return true;
        });
        assertThat(claim(1)).containsExactly("s1-2");
        assertThat(claim(61)).as("s1-2 was taken by somebody who died").containsExactlyInAnyOrder("s1-2", "s2-1");
        store.durably(tables -> {
            tables.outbox().dead("s2-1", NOW, "410");
            return true;
        });
        assertThat(several(
                        store,
                        tables -> tables.outbox()
                                .list("outbox", OutboxRow.State.DEAD, java.util.Optional.empty(), 10)
                                .items()))
                .extracting(OutboxRow::id, OutboxRow::tries, OutboxRow::lastError)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("s2-1", 2, "410"));
        assertThat(done(store, tables -> tables.outbox().replay("others", "s2-1", NOW)))
                .isFalse();
        assertThat(done(store, tables -> tables.outbox().replay("outbox", "s2-1", NOW)))
                .isTrue();
        assertThat(claim(0)).containsExactly("s2-1");
    }

    @Test
    void nobodyTakesADeliveryThatAnotherTakes() throws Exception {
        store.durably(tables -> {
            for (int i = 0; i < 60; i++) {
                tables.outbox().insert(row("p" + i, "p" + i, 1));
            }
            return true;
        });
        List<List<String>> taken = atOnce(6, i -> {
            List<String> mine = new ArrayList<>();
            for (int round = 0; round < 30; round++) {
                mine.addAll(claim(0).stream().filter(id -> id.startsWith("p")).toList());
            }
            return mine;
        });
        List<String> all = taken.stream().flatMap(List::stream).toList();
        Set<String> once = new HashSet<>(all);
        assertThat(all).hasSameSizeAs(once).hasSize(60);
    }

    @Test
    void aDeliveryThatIsKeptWhileTheOneBeforeItIsFinishedIsNeitherLostNorEarly() throws Exception {
        int events = 200;
        CallRecord call = Samples.queued("race", "+4970");
        store.lightly(tables -> {
            tables.calls().insert(call);
            return true;
        });
        var sent = new ArrayList<Long>();
        Thread courier = Thread.ofPlatform().start(() -> {
            long endNanos = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (sent.size() < events && System.nanoTime() - endNanos < 0) {
                List<OutboxRow> due = store.lightly(
                        tables -> tables.outbox().claimDue("race", NOW.plusSeconds(1), Duration.ofSeconds(30), 10));
                for (OutboxRow row : due) {
                    sent.add(row.seq());
                    store.lightly(tables -> {
                        tables.outbox().delivered(row.id(), NOW);
                        return true;
                    });
                }
            }
        });
        atOnce(4, thread -> {
            for (int i = 0; i < events / 4; i++) {
                store.lightly(tables -> {
                    var event = tables.events().append("race", "a", NOW, call.id(), "{}");
                    tables.outbox()
                            .insert(OutboxRow.pending(
                                    Samples.id(),
                                    "race",
                                    event.id(),
                                    call.id(),
                                    "race",
                                    event.seq(),
                                    "race",
                                    "",
                                    "{}",
                                    NOW));
                    return true;
                });
            }
            return true;
        });
        courier.join();

        assertThat(sent)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, events).boxed().toList());
    }

    private List<String> claim(int seconds) {
        return store.durably(
                tables -> tables.outbox().claimDue("", NOW.plusSeconds(seconds), Duration.ofSeconds(30), 10).stream()
                        .map(OutboxRow::id)
                        .toList());
    }

    private static OutboxRow row(String id, String stream, long seq) {
        return OutboxRow.pending(id, "outbox", "event-" + id, "", stream, seq, "", "{}", "{}", NOW);
    }
}
