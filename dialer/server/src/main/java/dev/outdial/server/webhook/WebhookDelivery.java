package dev.outdial.server.webhook;

import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.WebhookService;
import dev.outdial.server.store.Store;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what {@link Outbox} wrote down: at least once, of one call to one receiver in order and one at a time, with no receiver
 * waiting for another. Several processes on one database share the work.
 *
 * <p><b>Threading:</b> any. One thread of its own decides and asks the store, a virtual one waits for each answer.
 */
public final class WebhookDelivery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookDelivery.class);
    private static final long BETWEEN_LOOKS_MILLIS = 100;
    private static final long AFTER_TROUBLE_MILLIS = 500;
    private static final Duration CLOSING = Duration.ofSeconds(5);
    /** Of the lease, beside two requests. */
    private static final Duration BESIDES = Duration.ofSeconds(20);

    private final StoreDeliveries deliveries;
    private final WebhookService service;
    private final WebSender sender;
    private final DeliveryLoop loop;
    private final List<SigningKey> callbackKeys;
    private final Semaphore news = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    private WebhookDelivery(Store store, WebhookSettings settings, Clock clock) {
        // Any try ends within it, and a second one at a fallback.
        deliveries = new StoreDeliveries(
                store, WebhookSettings.LONGEST_TRY.multipliedBy(2).plus(BESIDES));
        service = new StoredWebhooks(store, settings, clock, new SecureRandom(), this::nudge);
        sender = new WebSender(settings, clock);
        loop = new DeliveryLoop(deliveries, this::begin, new SplittableRandom(), settings.mostAtOnce());
        callbackKeys = settings.callbackSecret().map(SigningKey::of).stream().toList();
        thread = Thread.ofPlatform().name("outdial-webhooks").daemon().unstarted(() -> run(clock));
    }

    /** Begins to deliver. Close it before the store. */
    public static WebhookDelivery start(Store store, WebhookSettings settings) {
        var delivery = new WebhookDelivery(store, settings, Clock.systemUTC());
        delivery.thread.start();
        return delivery;
    }

    /** Keeps the webhooks of accounts. */
    public WebhookService service() {
        return service;
    }

    /** There may be something new: it is looked for at once, and not within a tenth of a second. Never blocks. */
    public void nudge() {
        if (news.availablePermits() == 0) news.release();
    }

    private void run(Clock clock) {
        boolean hasBegun = false;
        while (!closed) {
            try {
                if (!hasBegun) {
                    deliveries.begin(clock.instant());
                    hasBegun = true;
                }
                if (!loop.turn(clock.instant())) await(BETWEEN_LOOKS_MILLIS);
            } catch (ServiceException away) {
                LOG.warn("webhooks wait for the store: {}", away.getMessage());
                pause();
            } catch (RuntimeException broken) {
                LOG.error("webhooks are held up, and go on", broken);
                pause();
            }
        }
        settle(clock);
    }

    private void settle(Clock clock) {
        long endNanos = System.nanoTime() + CLOSING.toNanos();
        try {
            loop.settle(clock.instant());
            while (loop.underWay() > 0 && System.nanoTime() - endNanos < 0) {
                await(BETWEEN_LOOKS_MILLIS);
                loop.settle(clock.instant());
            }
        } catch (RuntimeException away) {
            LOG.warn("webhooks that were on their way are sent again: {}", away.getMessage());
        }
    }

    private void begin(Parcel parcel) {
        var signed = parcel.row().endpoint().startsWith(Target.CALLBACK)
                ? new Parcel(parcel.row(), parcel.target(), callbackKeys)
                : parcel;
        var unused = Thread.ofVirtual().name("outdial-webhook").start(() -> {
            long startNanos = System.nanoTime();
            Answer answer;
            try {
                answer = sender.send(signed);
            } catch (RuntimeException broken) {
                LOG.error(
                        "webhook={} delivery={} cannot be sent",
                        parcel.row().endpoint(),
                        parcel.row().id(),
                        broken);
                answer = new Answer.Unreachable("the request cannot be made");
            }
            loop.answered(parcel, answer, Duration.ofNanos(System.nanoTime() - startNanos));
            nudge();
        });
    }

    private void await(long millis) {
        try {
            if (news.tryAcquire(millis, TimeUnit.MILLISECONDS)) news.drainPermits();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void pause() {
        try {
            Thread.sleep(AFTER_TROUBLE_MILLIS);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is on its way is waited for, for a few seconds; what is not over then is sent again by whoever comes next. */
    @Override
    public void close() {
        closed = true;
        nudge();
        try {
            thread.join(CLOSING.plusSeconds(1));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        sender.close();
    }
}
