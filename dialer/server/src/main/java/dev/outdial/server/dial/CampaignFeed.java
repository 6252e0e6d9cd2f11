package dev.outdial.server.dial;

import dev.outdial.dialer.pace.PaceLimits;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.store.CampaignsTable.Pace;
import dev.outdial.server.store.Store;
import dev.outdial.server.store.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Lets calls of campaigns into the queue: no more than may begin soon, each for its own slot, so that the queue stays short however many
 * numbers a campaign has, and what is paused does not stand in it. Who may be dialled when is the ledger's to say, which looks again.
 *
 * <p><b>Threading:</b> the dispatcher's; blocks on the store. Other processes may feed the same campaigns.
 */
final class CampaignFeed {
    /** How far ahead calls are let in. */
    private static final Duration AHEAD = Duration.ofSeconds(1);
    /** So long before its slot a call is claimed: who asks late finds its slot gone, and who asks early waits for it. */
    private static final Duration BEFORE_ITS_SLOT = Duration.ofMillis(50);
    /** Of a campaign without a pace of its own. */
    private static final int MOST_LET_IN = 100;

    /** Where windows are shut, so many are looked at in a transaction, and so many transactions are begun at a time. */
    private static final int MOST_LOOKED_AT = 200;

    private static final int MOST_PORTIONS = 10;

    private final Store store;
    private final CallingHours hours;

    CampaignFeed(Store store, CallingHours hours) {
        this.store = store;
        this.hours = hours;
    }

    /** Lets in what may be dialled soon. */
    void feed(Instant now) {
        long soon = nanos(now) + AHEAD.toNanos();
        List<String> ids = store.read(tables -> tables.campaigns().withWork(now, soon));
        for (String id : ids) {
            boolean isMore = true;
            for (int i = 0; i < MOST_PORTIONS && isMore; i++) {
                isMore = store.lightly(tables -> isMoreToLookAt(tables, id, now));
            }
        }
    }

    /** Lets in what it finds in a portion; true where all windows in it were shut, or not enough were open. */
    private boolean isMoreToLookAt(Tables tables, String id, Instant now) {
        Optional<Pace> pace = tables.campaigns().lockPace(id).filter(Pace::isRunning);
        if (pace.isEmpty()) return false;
        int before = tables.campaigns().letIn(id);
        int room = room(pace.get(), before);
        if (room <= 0) return false;
        PaceLimits limits = pace.get().limits();
        long slotNanos = Math.round(TimeUnit.SECONDS.toNanos(1) / limits.callsPerSecond()); // 0 without a pace
        long freeNanos = Math.max(nanos(now), pace.get().pacer(nanos(now)).nextFreeNanos()) + before * slotNanos;
        long firstNanos = freeNanos - BEFORE_ITS_SLOT.toNanos();
        int let = 0;
        List<String> held = tables.campaigns().held(id, now, MOST_LOOKED_AT);
        for (int i = 0; i < held.size() && let < room; i++) {
            Optional<CallRecord> call = tables.calls().byId(held.get(i));
            Instant open = call.map(one -> hours.next(one, now)).orElse(now);
            if (open.isAfter(now)) {
                // So that those whose window is shut stand in nobody's way.
                tables.queue().holdUntil(held.get(i), open);
            } else {
                tables.queue().letIn(held.get(i), Instant.ofEpochSecond(0, firstNanos + let * slotNanos));
                let++;
            }
        }
        return held.size() == MOST_LOOKED_AT && let < room;
    }

    private static int room(Pace pace, int before) {
        double soon = pace.limits().callsPerSecond() * AHEAD.toSeconds();
        int most = (int) Math.clamp(Math.ceil(soon), 1, MOST_LET_IN);
        return Math.min(most, pace.limits().atOnce() - pace.up()) - before;
    }

    private static long nanos(Instant time) {
        return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
    }
}
