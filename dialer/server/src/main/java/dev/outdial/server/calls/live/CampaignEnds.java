package dev.outdial.server.calls.live;

import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.server.calls.CampaignViews;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.store.StoredCampaign;
import dev.outdial.server.store.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what waits of campaigns that are canceled, and says of campaigns that they are over: whichever process looks first, so that what one
 * has begun another one finishes. <b>Threading:</b> any may wake it; it looks on a thread of its own.
 */
final class CampaignEnds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CampaignEnds.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    /** So that no transaction takes long. */
    private static final int MOST_AT_ONCE = 200;

    private final Workshop workshop;
    private final Thread thread;
    private boolean woken;
    private boolean closed;

    CampaignEnds(Workshop workshop) {
        this.workshop = workshop;
        this.thread = Thread.ofPlatform().name("outdial-campaigns").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Has it look now. */
    synchronized void wake() {
        woken = true;
        notifyAll();
    }

    private synchronized boolean awaitTurn() {
        try {
            if (!woken && !closed) wait(LOOK_EVERY.toMillis());
        } catch (InterruptedException closing) {
            return false;
        }
        woken = false;
        return !closed;
    }

    private void run() {
        while (awaitTurn()) {
            try {
                look();
            } catch (ServiceException away) {
                LOG.debug("campaigns are not looked after: {}", away.getMessage());
            } catch (RuntimeException broken) {
                LOG.error("campaigns are not looked after for a moment", broken);
            }
        }
    }

    private void look() {
        List<String> canceling =
                workshop.store().read(tables -> tables.campaigns().in("canceling"));
        for (String id : canceling) {
            while (!isClosed() && endsSome(id)) {
                LOG.debug("campaign={} has more calls that wait", id);
            }
        }
        List<String> over = workshop.store().read(tables -> tables.campaigns().allOver());
        for (String id : over) {
            var aftermath = new Aftermath();
            boolean unused = workshop.store().durably(tables -> isOver(tables, id, aftermath));
            workshop.afterwards(aftermath);
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Ends as many of a campaign's as fit into one transaction; false where that were the last. */
    private boolean endsSome(String id) {
        record Ended(int count, Aftermath aftermath) {}
        var over = EndWords.notDialled(OutcomeKind.CANCELED, "cancel", "its campaign was canceled");
        Ended ended = workshop.store().durably(tables -> {
            var aftermath = new Aftermath();
            List<String> waiting = tables.campaigns().waiting(id, MOST_AT_ONCE);
            for (String call : waiting) {
                var unused = workshop.keeper().keep(tables, new CallChange(call, over, workshop.now()), aftermath);
            }
            return new Ended(waiting.size(), aftermath);
        });
        workshop.afterwards(ended.aftermath());
        return ended.count() == MOST_AT_ONCE;
    }

    private boolean isOver(Tables tables, String id, Aftermath aftermath) {
        Optional<StoredCampaign> locked = tables.campaigns().lock(id);
        // Another process may have been quicker.
        if (locked.isEmpty() || locked.get().ended().isPresent()) return false;
        Instant now = workshop.now();
        String state = locked.get().state().equals("canceling") ? "canceled" : "ended";
        tables.campaigns().state(id, state, Optional.of(now), now);
        StoredCampaign ended = tables.campaigns().lock(id).orElseThrow();
        workshop.keeper()
                .tell(
                        tables,
                        ended.account(),
                        "campaign.ended",
                        now,
                        CampaignViews.json(LiveCampaigns.record(tables, ended)));
        aftermath.told(ended.account());
        LOG.info("campaign={} is over", id);
        return true;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            boolean unused = thread.join(LOOK_EVERY.multipliedBy(5));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
