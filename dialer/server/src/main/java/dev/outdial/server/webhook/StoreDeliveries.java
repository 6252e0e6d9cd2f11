package dev.outdial.server.webhook;

import dev.outdial.server.store.OutboxRow;
import dev.outdial.server.store.Store;
import dev.outdial.server.store.StoredDocument;
import dev.outdial.server.store.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deliveries in the store. What became of them is committed and not synced: where the power fails some are made twice, and none is lost.
 */
final class StoreDeliveries implements Deliveries {
    private static final Logger LOG = LoggerFactory.getLogger(StoreDeliveries.class);
    private static final int OLD_AT_ONCE = 500;
    /** A minute's worth of what a busy server tells; the rest waits for the next minute. */
    private static final int MOST_OLD_TURNS = 40;

    private final Store store;
    private final Duration lease;

    /** @param lease longer than a delivery can take, with its fallback */
    StoreDeliveries(Store store, Duration lease) {
        this.store = store;
        this.lease = lease;
    }

    /** What a process that died had taken is due at once where it can have been no other than this one before. */
    void begin(Instant now) {
        if (store.isAlone()) {
            int count = store.lightly(tables -> tables.outbox().freeAllTaken(now));
            if (count > 0) LOG.info("{} webhooks were on their way when the process ended: they are sent again", count);
        }
    }

    @Override
    public List<String> receiversDue(Instant now) {
        return store.read(tables -> tables.outbox().receiversDue(now));
    }

    @Override
    public List<Parcel> take(String receiver, Instant now, int limit) {
        return store.lightly(tables -> {
            if (receiver.startsWith(Target.CALLBACK)) {
                return claimed(tables, receiver, now, limit)
                        .map(row -> new Parcel(row, Target.parse(row.target()), List.of()))
                        .toList();
            }
            Optional<StoredDocument> webhook = tables.webhooks().byId(receiver);
            if (webhook.isEmpty()) {
                // It was deleted while an event was on its way to it.
                tables.outbox().giveUpAll(receiver, now, "the webhook was deleted");
                return List.of();
            }
            if (!webhook.get().state().equals(Endpoint.ENABLED)) return List.of();
            Endpoint endpoint = Endpoint.parse(webhook.get().body());
            return claimed(tables, receiver, now, limit)
                    .map(row -> new Parcel(row, endpoint.target(row.target()), endpoint.keys(now)))
                    .toList();
        });
    }

    private Stream<OutboxRow> claimed(Tables tables, String receiver, Instant now, int limit) {
        return tables.outbox().claimDue(receiver, now, lease, limit).stream();
    }

    @Override
    public void finish(List<Finished> finished, Instant now) {
        store.lightly(tables -> {
            finished.forEach(one -> finish(tables, one, now));
            return true;
        });
    }

    private static void finish(Tables tables, Finished one, Instant now) {
        OutboxRow row = one.parcel().row();
        switch (one.verdict()) {
            case Verdict.Delivered yes -> tables.outbox().delivered(row.id(), now);
            case Verdict.Again again -> tables.outbox().failed(row.id(), again.at(), again.why());
            case Verdict.Dead dead -> {
                tables.outbox().dead(row.id(), now, dead.why());
                LOG.warn(
                        "call={} webhook={} delivery={} is given up: {}",
                        row.callId(),
                        row.endpoint(),
                        row.id(),
                        dead.why());
                if (dead.isGone()) disable(tables, row.endpoint(), now);
            }
        }
        if (one.isBack()) tables.outbox().hurry(row.endpoint(), now);
    }

    /** It answered 410. */
    private static void disable(Tables tables, String endpoint, Instant now) {
        tables.webhooks()
                .lock(endpoint)
                .filter(webhook -> webhook.state().equals(Endpoint.ENABLED))
                .ifPresent(webhook -> {
                    LOG.warn("webhook={} answered 410 and is switched off", endpoint);
                    tables.webhooks().update(webhook.changed(Endpoint.DISABLED, webhook.body(), now));
                });
    }

    @Override
    public void giveUpOld(String receiver, Instant now) {
        int count = 0;
        int last = OLD_AT_ONCE;
        for (int turn = 0; turn < MOST_OLD_TURNS && last == OLD_AT_ONCE; turn++) {
            last = store.lightly(tables -> tables.outbox()
                    .giveUpOlder(
                            receiver, now.minus(Verdict.LONGEST), now, "not delivered within 72 hours", OLD_AT_ONCE));
            count += last;
        }
        if (count > 0) LOG.warn("webhook={} {} deliveries are given up after 72 hours", receiver, count);
    }
}
