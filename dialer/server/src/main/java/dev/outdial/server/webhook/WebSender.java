package dev.outdial.server.webhook;

import dev.outdial.media.fetch.FetchException;
import dev.outdial.media.fetch.WebClient;
import dev.outdial.media.fetch.WebRequest;
import dev.outdial.server.webhook.Profile.Manner;
import java.io.IOException;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends deliveries through the guarded client: one client for each receiver, so that none waits for another's turn. The body of an
 * answer is not read. <b>Threading:</b> any, blocks.
 */
final class WebSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebSender.class);
    private static final int MOST_KEPT = 256;
    private static final int MOST_WARNED = 1000;
    private static final int GONE = 410;

    private final WebhookSettings settings;
    private final Clock clock;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();
    /** Guarded by itself. */
    private final Map<Key, Kept> clients = new HashMap<>();

    private boolean closed;

    private record Key(String receiver, Duration limit) {}

    private static final class Kept {
        private final WebClient client;
        private int users;

        Kept(WebClient client) {
            this.client = client;
        }
    }

    WebSender(WebhookSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Sends it, and to where it goes instead if that fails. */
    Answer send(Parcel parcel) {
        Target target = parcel.target();
        Answer first = send(parcel, target.url());
        boolean hasFailed = first instanceof Answer.Unreachable || first instanceof Answer.Refused;
        return hasFailed && !target.fallbackUrl().isEmpty() ? send(parcel, target.fallbackUrl()) : first;
    }

    private Answer send(Parcel parcel, String url) {
        var key = new Key(parcel.row().endpoint(), parcel.target().limit(settings.timeout()));
        WebClient client = borrow(key);
        try {
            return client.exchange(
                    request(parcel, url),
                    response -> response.status() / 100 == 2
                            ? new Answer.Accepted()
                            : response.status() == GONE
                                    ? new Answer.Gone()
                                    : new Answer.Refused(
                                            response.status(),
                                            response.header("Retry-After")
                                                    .flatMap(value -> RetryAfter.parse(value, clock.instant()))));
        } catch (FetchException explained) {
            if (explained.isForbidden()) warn(parcel.row().endpoint(), explained);
            return new Answer.Unreachable(String.valueOf(explained.getMessage()));
        } catch (IOException | URISyntaxException | IllegalArgumentException other) {
            // What others say of a failure may hold the whole address.
            return new Answer.Unreachable("the request cannot be made");
        } finally {
            giveBack(key);
        }
    }

    /** Once for each receiver: nothing is delivered there until the settings say otherwise. */
    private void warn(String receiver, FetchException forbidden) {
        if (warned.size() >= MOST_WARNED) warned.clear();
        if (!warned.add(receiver)) return;
        LOG.warn(
                "webhook={} is told nothing: {}; webhooks.private_addresses and webhooks.ports say where receivers may be",
                receiver,
                forbidden.getMessage());
    }

    private WebRequest request(Parcel parcel, String url) throws URISyntaxException {
        Target target = parcel.target();
        WebAddress address = WebAddress.parse(url);
        boolean hasBody = !target.method().equals("GET");
        String body = hasBody ? parcel.row().body() : "";
        var request = new WebRequest(
                target.method(), address.plain(), target.headers(), hasBody ? Optional.of(body) : Optional.empty());
        if (address.authorization().isPresent())
            request = request.with("Authorization", address.authorization().get());
        if (hasBody && !target.contentType().isEmpty()) request = request.with("Content-Type", target.contentType());
        return target.manner() == Manner.STANDARD ? signed(request, parcel, body) : request;
    }

    private WebRequest signed(WebRequest plain, Parcel parcel, String body) {
        String id = parcel.row().eventId();
        Instant now = clock.instant();
        WebRequest request =
                plain.with("webhook-id", id).with("webhook-timestamp", Long.toString(now.getEpochSecond()));
        return parcel.keys().isEmpty()
                ? request
                : request.with("webhook-signature", SigningKey.signatures(parcel.keys(), id, now, body));
    }

    private WebClient borrow(Key key) {
        synchronized (clients) {
            Kept kept = clients.computeIfAbsent(key, one -> new Kept(new WebClient(settings.policy(one.limit()))));
            kept.users++;
            if (closed) kept.client.close();
            return kept.client;
        }
    }

    private void giveBack(Key key) {
        synchronized (clients) {
            Kept kept = clients.get(key);
            if (kept == null) throw new IllegalStateException("a client was not borrowed");
            kept.users--;
            if (kept.users == 0 && clients.size() > MOST_KEPT) {
                kept.client.close();
                clients.remove(key);
            }
        }
    }

    /** What is on its way fails. */
    @Override
    public void close() {
        synchronized (clients) {
            closed = true;
            clients.values().forEach(kept -> kept.client.close());
        }
    }
}
