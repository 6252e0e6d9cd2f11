package dev.outdial.server.calls;

import dev.outdial.server.calls.CallService.RequestKey;
import java.util.Optional;

/** Keeps the webhooks of an account. Accounts, threading and errors as {@link CallService}. */
public interface WebhookService {
    /** The secret is told here alone. */
    Created<WithSecret> create(String account, NewWebhook webhook, Optional<RequestKey> key);

    /** @param secret {@code whsec_...}; empty where this is a replay */
    record WithSecret(WebhookRecord webhook, Optional<Secret> secret) {}

    WebhookRecord get(String account, String id);

    Page<WebhookRecord> list(String account, PageQuery query);

    WebhookRecord replace(String account, String id, NewWebhook webhook);

    void delete(String account, String id);

    /** Gives it a new secret; for a day each delivery is signed with both. */
    WithSecret rotateSecret(String account, String id);

    Page<DeadLetter> deadLetters(String account, String id, PageQuery query);

    /** What was given up of all of the account, deliveries to the callbacks of single calls too. */
    Page<DeadLetter> deadLetters(String account, PageQuery query);

    /** Has one of these tried anew. */
    void replay(String account, String deadLetterId);

    /**
     * Has what was given up tried anew.
     *
     * @param deadLetterId the only one; all of the webhook where empty
     * @return how many
     */
    long replay(String account, String id, Optional<String> deadLetterId);
}
