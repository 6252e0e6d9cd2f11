package dev.outdial.server.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.outdial.server.calls.CallService.RequestKey;
import dev.outdial.server.calls.Created;
import dev.outdial.server.calls.DeadLetter;
import dev.outdial.server.calls.NewWebhook;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.Secret;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.ServiceException.Kind;
import dev.outdial.server.calls.UrlPassword;
import dev.outdial.server.calls.WebhookRecord;
import dev.outdial.server.calls.WebhookService;
import dev.outdial.server.store.IdempotencyTable.Claim;
import dev.outdial.server.store.OutboxRow;
import dev.outdial.server.store.Store;
import dev.outdial.server.store.StoredDocument;
import dev.outdial.server.store.Tables;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Webhooks in the store. <b>Threading:</b> any; blocks. */
final class StoredWebhooks implements WebhookService {
    private static final int MOST_OF_AN_ACCOUNT = 100;
    private static final int REPLAYED_AT_ONCE = 500;
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Store store;
    private final WebhookSettings settings;
    private final Clock clock;
    private final RandomGenerator random;
    private final Runnable news;

    /** @param news told when something may be due */
    StoredWebhooks(Store store, WebhookSettings settings, Clock clock, RandomGenerator random, Runnable news) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.news = news;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public Created<WithSecret> create(String account, NewWebhook webhook, Optional<RequestKey> key) {
        Secret secret = SigningKey.fresh(random);
        String id = UUID.randomUUID().toString();
        return store.durably(tables -> {
            Instant now = now();
            Claim claim = key.map(
                            one -> tables.idempotency().claim(account, one.key(), one.bodyHash(), List.of(id), now))
                    .orElseGet(Claim.First::new);
            return switch (claim) {
                case Claim.First first -> {
                    requireAllowed(webhook.url());
                    var endpoint = new Endpoint(
                            webhook.url(),
                            webhook.types(),
                            secret,
                            Optional.empty(),
                            webhook.profile(),
                            webhook.method());
                    var document = new StoredDocument(id, account, "", "", state(webhook), endpoint.json(), now, now);
                    insert(tables, document);
                    yield new Created<>(new WithSecret(record(tables, document), Optional.of(secret)), false);
                }
                case Claim.Replay replay ->
                    new Created<>(
                            new WithSecret(
                                    record(
                                            tables,
                                            found(tables, account, replay.ids().getFirst())),
                                    Optional.empty()),
                            true);
                case Claim.OtherBody other ->
                    throw new ServiceException(
                            Kind.CONFLICT, "idempotency_key_reused", "this key was used for another body");
            };
        });
    }

    /** Nothing would ever be delivered to what the settings forbid. What a name leads to is looked at when it is sent. */
    private void requireAllowed(String url) {
        Optional<String> objection = settings.policy(settings.timeout()).objection(UrlPassword.without(url));
        if (objection.isEmpty()) return;
        String sentence = objection.get() + " (webhooks.private_addresses, webhooks.ports)";
        throw new ServiceException(
                Kind.INVALID, "invalid", sentence, List.of(new ServiceException.Field("url", sentence)));
    }

    private static void insert(Tables tables, StoredDocument document) {
        Page<StoredDocument> before = tables.webhooks().list(document.account(), Optional.empty(), MOST_OF_AN_ACCOUNT);
        if (before.items().size() == MOST_OF_AN_ACCOUNT)
            throw new ServiceException(
                    Kind.CONFLICT, "too_many_webhooks", "an account has " + MOST_OF_AN_ACCOUNT + " webhooks at most");
        tables.webhooks().insert(document);
    }

    private static String state(NewWebhook webhook) {
        return webhook.enabled() ? Endpoint.ENABLED : Endpoint.DISABLED;
    }

    @Override
    public WebhookRecord get(String account, String id) {
        return store.read(tables -> record(tables, found(tables, account, id)));
    }

    @Override
    public Page<WebhookRecord> list(String account, PageQuery query) {
        return store.read(tables -> {
            Page<StoredDocument> page = tables.webhooks().list(account, query.cursor(), query.limit());
            return new Page<>(
                    page.items().stream().map(one -> record(tables, one)).toList(), page.next());
        });
    }

    @Override
    public WebhookRecord replace(String account, String id, NewWebhook wanted) {
        WebhookRecord replaced = store.durably(tables -> {
            StoredDocument before = locked(tables, account, id);
            Endpoint known = Endpoint.parse(before.body());
            NewWebhook webhook = withPassword(wanted, known);
            // One that is not allowed any more can still be switched off.
            if (webhook.enabled() || !webhook.url().equals(known.url())) requireAllowed(webhook.url());
            return update(tables, before, state(webhook), known.as(webhook));
        });
        news.run();
        return replaced;
    }

    /** Whoever sends back the address as it was shown means the one that it stands for. */
    private static NewWebhook withPassword(NewWebhook wanted, Endpoint known) {
        return wanted.url().equals(UrlPassword.masked(known.url()))
                ? new NewWebhook(known.url(), wanted.types(), wanted.enabled(), wanted.profile(), wanted.method())
                : wanted;
    }

    @Override
    public void delete(String account, String id) {
        store.durably(tables -> {
            locked(tables, account, id);
            tables.outbox().giveUpAll(id, now(), "the webhook was deleted");
            return tables.webhooks().softDelete(account, id, now());
        });
    }

    @Override
    public WithSecret rotateSecret(String account, String id) {
        Secret fresh = SigningKey.fresh(random);
        WebhookRecord rotated = store.durably(tables -> {
            StoredDocument before = locked(tables, account, id);
            return update(
                    tables,
                    before,
                    before.state(),
                    Endpoint.parse(before.body()).rotated(fresh, now()));
        });
        return new WithSecret(rotated, Optional.of(fresh));
    }

    private WebhookRecord update(Tables tables, StoredDocument before, String state, Endpoint endpoint) {
        StoredDocument after = before.changed(state, endpoint.json(), now());
        tables.webhooks().update(after);
        return record(tables, after);
    }

    @Override
    public Page<DeadLetter> deadLetters(String account, String id, PageQuery query) {
        return store.read(tables -> {
            found(tables, account, id);
            return letters(tables.outbox().listOf(id, OutboxRow.State.DEAD, query.cursor(), query.limit()));
        });
    }

    @Override
    public Page<DeadLetter> deadLetters(String account, PageQuery query) {
        return store.read(
                tables -> letters(tables.outbox().list(account, OutboxRow.State.DEAD, query.cursor(), query.limit())));
    }

    private static Page<DeadLetter> letters(Page<OutboxRow> page) {
        return new Page<>(page.items().stream().map(StoredWebhooks::letter).toList(), page.next());
    }

    private static DeadLetter letter(OutboxRow row) {
        return new DeadLetter(
                row.id(),
                row.endpoint().startsWith(Target.CALLBACK) ? "" : row.endpoint(),
                row.eventId(),
                type(row.body()),
                row.callId(),
                row.tries(),
                row.lastError(),
                row.created(),
                row.finished().orElse(row.created()));
    }

    private static String type(String body) {
        try {
            return MAPPER.readTree(body).path("type").asText();
        } catch (JsonProcessingException otherForm) {
            return ""; // of a profile that renders it otherwise
        }
    }

    @Override
    public long replay(String account, String id, Optional<String> deadLetterId) {
        long count = deadLetterId.isPresent() ? replayOne(account, id, deadLetterId.get()) : replayAll(account, id);
        news.run();
        return count;
    }

    @Override
    public void replay(String account, String deadLetterId) {
        boolean isDead = store.durably(tables -> tables.outbox().replay(account, deadLetterId, now()));
        if (!isDead) throw noSuch("dead letter");
        news.run();
    }

    private long replayOne(String account, String id, String deadLetterId) {
        return store.durably(tables -> {
            found(tables, account, id);
            boolean isOfIt = tables.outbox()
                    .find(account, deadLetterId)
                    .filter(row -> row.endpoint().equals(id))
                    .isPresent();
            if (!isOfIt || !tables.outbox().replay(account, deadLetterId, now())) throw noSuch("dead letter");
            return 1;
        });
    }

    /** A portion at a time, so that nobody waits for it. What dies again meanwhile is not replayed again. */
    private long replayAll(String account, String id) {
        Instant start = now();
        long count = 0;
        int last;
        do {
            last = store.durably(tables -> {
                found(tables, account, id);
                List<String> dead = tables.outbox().deadOf(id, start, REPLAYED_AT_ONCE);
                dead.forEach(one -> tables.outbox().replay(account, one, start));
                return dead.size();
            });
            count += last;
        } while (last == REPLAYED_AT_ONCE);
        return count;
    }

    private static StoredDocument found(Tables tables, String account, String id) {
        return tables.webhooks().find(account, id).orElseThrow(() -> noSuch("webhook"));
    }

    private static StoredDocument locked(Tables tables, String account, String id) {
        return tables.webhooks()
                .lock(id)
                .filter(document -> document.account().equals(account))
                .orElseThrow(() -> noSuch("webhook"));
    }

    private static ServiceException noSuch(String what) {
        return new ServiceException(Kind.NOT_FOUND, "not_found", "there is no such " + what);
    }

    private static WebhookRecord record(Tables tables, StoredDocument document) {
        Endpoint endpoint = Endpoint.parse(document.body());
        var outbox = tables.outbox();
        return new WebhookRecord(
                document.id(),
                document.account(),
                UrlPassword.masked(endpoint.url()),
                endpoint.types(),
                endpoint.profile(),
                endpoint.method(),
                document.state().equals(Endpoint.ENABLED),
                outbox.count(document.id(), OutboxRow.State.PENDING)
                        + outbox.count(document.id(), OutboxRow.State.WAITING),
                outbox.count(document.id(), OutboxRow.State.DEAD),
                document.created(),
                document.updated());
    }
}
