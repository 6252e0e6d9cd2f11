package dev.outdial.server.http;

import dev.outdial.server.calls.CallService.RequestKey;
import dev.outdial.server.calls.Created;
import dev.outdial.server.calls.DeadLetter;
import dev.outdial.server.calls.NewWebhook;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.Secret;
import dev.outdial.server.calls.WebhookRecord;
import dev.outdial.server.calls.WebhookService;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Webhooks in memory, each with one dead letter. */
final class FakeWebhooks implements WebhookService {
    private final FakeTable<WebhookRecord> webhooks = new FakeTable<>(WebhookRecord::id);

    private static WebhookRecord record(String id, String account, NewWebhook webhook) {
        return new WebhookRecord(
                id,
                account,
                webhook.url(),
                webhook.types(),
                webhook.profile(),
                webhook.method(),
                webhook.enabled(),
                0,
                1,
                FakeCalls.NOW,
                FakeCalls.NOW);
    }

    private static Secret secret() {
        return new Secret("whsec_" + UUID.randomUUID());
    }

    @Override
    public Created<WithSecret> create(String account, NewWebhook webhook, Optional<RequestKey> key) {
        Created<WebhookRecord> created =
                webhooks.create(account, key, () -> record(UUID.randomUUID().toString(), account, webhook));
        Optional<Secret> secret = created.replay() ? Optional.empty() : Optional.of(secret());
        return new Created<>(new WithSecret(created.item(), secret), created.replay());
    }

    @Override
    public WebhookRecord get(String account, String id) {
        return webhooks.get(account, id);
    }

    @Override
    public Page<WebhookRecord> list(String account, PageQuery query) {
        return webhooks.list(account, query);
    }

    @Override
    public WebhookRecord replace(String account, String id, NewWebhook webhook) {
        return webhooks.change(account, id, before -> record(id, account, webhook));
    }

    @Override
    public void delete(String account, String id) {
        webhooks.delete(account, id);
    }

    @Override
    public WithSecret rotateSecret(String account, String id) {
        return new WithSecret(get(account, id), Optional.of(secret()));
    }

    @Override
    public Page<DeadLetter> deadLetters(String account, String id, PageQuery query) {
        get(account, id);
        return letters(id);
    }

    @Override
    public Page<DeadLetter> deadLetters(String account, PageQuery query) {
        return letters("");
    }

    @Override
    public void replay(String account, String deadLetterId) {
        // There is always one to replay.
    }

    private static Page<DeadLetter> letters(String webhookId) {
        var letter = new DeadLetter(
                UUID.randomUUID().toString(),
                webhookId,
                UUID.randomUUID().toString(),
                "call.ended",
                UUID.randomUUID().toString(),
                40,
                "answered 500",
                FakeCalls.NOW,
                FakeCalls.NOW.plusSeconds(72 * 3600));
        return new Page<>(List.of(letter), Optional.empty());
    }

    @Override
    public long replay(String account, String id, Optional<String> deadLetterId) {
        get(account, id);
        return 1;
    }
}
