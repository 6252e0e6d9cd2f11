package dev.outdial.server.webhook;

import dev.outdial.server.store.OutboxRow;
import dev.outdial.server.webhook.Profile.Manner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** The outbox in memory, with the order of the store's: of each stream one is pending, and the others wait behind it. */
final class SimulatedOutbox implements Deliveries {
    private static final Duration LEASE = Duration.ofSeconds(40);

    private final Map<String, PriorityQueue<OutboxRow>> pending = new TreeMap<>();
    private final Map<String, ArrayDeque<OutboxRow>> streams = new HashMap<>();
    private final List<OutboxRow> dead = new ArrayList<>();
    private int waiting;

    void add(String receiver, String call, long seq, Instant now) {
        OutboxRow row = OutboxRow.pending(
                call + "-" + seq + "-" + receiver,
                "account",
                call + "-" + seq,
                call,
                receiver + "/" + call,
                seq,
                receiver,
                "",
                "{}",
                now);
        waiting++;
        var stream = streams.computeIfAbsent(row.stream(), one -> new ArrayDeque<>());
        stream.add(row);
        if (stream.size() == 1) queue(receiver).add(row);
    }

    private PriorityQueue<OutboxRow> queue(String receiver) {
        return pending.computeIfAbsent(
                receiver,
                one -> new PriorityQueue<>(Comparator.comparing(OutboxRow::due).thenComparing(OutboxRow::id)));
    }

    /** How many are neither delivered nor given up. */
    int left() {
        return waiting;
    }

    List<OutboxRow> dead() {
        return dead;
    }

    /** A receiver whose name begins with that of a manner is told in that manner. */
    private static Manner manner(String receiver) {
        return Arrays.stream(Manner.values())
                .filter(one -> receiver.startsWith(one.name() + " "))
                .findFirst()
                .orElse(Manner.STANDARD);
    }

    @Override
    public List<String> receiversDue(Instant now) {
        List<String> due = new ArrayList<>();
        pending.forEach((receiver, rows) -> {
            if (!rows.isEmpty() && !rows.peek().due().isAfter(now)) due.add(receiver);
        });
        return due;
    }

    @Override
    public List<Parcel> take(String receiver, Instant now, int limit) {
        if (receiver.equals("broken")) throw new IllegalStateException("what is stored of it makes no sense");
        var rows = queue(receiver);
        List<Parcel> taken = new ArrayList<>();
        while (taken.size() < limit && !rows.isEmpty() && !rows.peek().due().isAfter(now)) {
            OutboxRow row = rows.remove();
            Target target = new Target("POST", "http://" + receiver, "", LEASE, "", Map.of(), manner(receiver));
            taken.add(new Parcel(row, target, List.of()));
        }
        return taken;
    }

    @Override
    public void finish(List<Finished> finished, Instant now) {
        for (Finished one : finished) {
            OutboxRow row = one.parcel().row();
            switch (one.verdict()) {
                case Verdict.Delivered yes -> over(row, now);
                case Verdict.Again again -> queue(row.endpoint()).add(with(row, row.tries() + 1, again.at()));
                case Verdict.Dead gone -> {
                    dead.add(row);
                    over(row, now);
                }
            }
            if (one.isBack()) hurry(row.endpoint(), now);
        }
    }

    private void over(OutboxRow row, Instant now) {
        waiting--;
        var stream = streams.get(row.stream());
        if (stream == null) throw new IllegalStateException(row.stream());
        stream.remove();
        OutboxRow next = stream.peek();
        if (next == null) streams.remove(row.stream());
        else queue(row.endpoint()).add(with(next, 0, now));
    }

    private void hurry(String receiver, Instant now) {
        var rows = queue(receiver);
        List<OutboxRow> late =
                rows.stream().filter(row -> row.due().isAfter(now)).toList();
        late.forEach(row -> {
            rows.remove(row);
            rows.add(with(row, row.tries(), now));
        });
    }

    @Override
    public void giveUpOld(String receiver, Instant now) {
        for (OutboxRow row : List.copyOf(queue(receiver))) {
            if (row.created().isBefore(now.minus(Verdict.LONGEST))) {
                queue(receiver).remove(row);
                dead.add(row);
                over(row, now);
            }
        }
    }

    private static OutboxRow with(OutboxRow row, int tries, Instant due) {
        return new OutboxRow(
                row.id(),
                row.account(),
                row.eventId(),
                row.callId(),
                row.stream(),
                row.seq(),
                row.endpoint(),
                row.target(),
                row.body(),
                row.state(),
                tries,
                due,
                row.created(),
                row.finished(),
                row.lastError());
    }
}
