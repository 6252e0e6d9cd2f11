package dev.outdial.server.webhook;

import dev.outdial.server.calls.CallEventRecord;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.Callbacks;
import dev.outdial.server.store.OutboxRow;
import dev.outdial.server.store.StoredDocument;
import dev.outdial.server.store.Tables;
import dev.outdial.server.webhook.Profile.Manner;
import dev.outdial.server.webhook.Profile.Message;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down whom an event is to be told, in the transaction that stores the event: what is stored is told, and nothing else is.
 *
 * <p><b>Threading:</b> any, each within a transaction of its own.
 */
public final class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    /** More webhooks than an account can have. */
    private static final int ALL = 1000;
    /** Messages: what tells of one event stands between those of the event before and the event after. */
    private static final int MOST_OF_AN_EVENT = 1000;

    private final Map<String, Profile> profiles;

    /** For calls of the native API. */
    public Outbox() {
        this(Map.of());
    }

    /** @param profiles who renders the events of calls that came by other APIs, by {@link Callbacks#profile()} */
    public Outbox(Map<String, Profile> profiles) {
        this.profiles = Map.copyOf(profiles);
    }

    /**
     * Has an event told to the webhooks of its account that want it, and to the callback of its call.
     *
     * @param event as {@code tables.events().append} answered it, in this transaction
     * @param call as it is after the event; empty for an event that is of no call
     */
    public void add(Tables tables, CallEventRecord event, Optional<CallRecord> call) {
        for (StoredDocument webhook :
                tables.webhooks().list(event.account(), Optional.empty(), ALL).items()) {
            if (!webhook.state().equals(Endpoint.ENABLED)) continue;
            Endpoint endpoint = Endpoint.parse(webhook.body());
            if (endpoint.wants(event.type())) tell(tables, event, call, webhook.id(), endpoint);
        }
        call.flatMap(CallRecord::callbacks).ifPresent(callbacks -> {
            List<Message> messages = messages(event, call, callbacks);
            for (int i = 0; i < messages.size(); i++) {
                Target target = Target.of(messages.get(i), callbacks, manner(callbacks.profile()));
                add(tables, event, i, target.receiver(event.account()), target.json(), messages.get(i));
            }
        });
    }

    private void tell(
            Tables tables, CallEventRecord event, Optional<CallRecord> call, String webhook, Endpoint endpoint) {
        if (!profiles.containsKey(endpoint.profile())) {
            add(tables, event, 0, webhook, "", NativeProfile.message(event, "POST", ""));
            return;
        }
        Callbacks to = endpoint.callbacks();
        List<Message> messages = messages(event, call, to);
        for (int i = 0; i < messages.size(); i++) {
            Target target = Target.of(messages.get(i), to, manner(endpoint.profile()));
            // What goes to the webhook's own address goes to where that is when it is sent.
            boolean isOwn = target.url().equals(endpoint.url());
            add(tables, event, i, webhook, (isOwn ? target.at("") : target).json(), messages.get(i));
        }
    }

    private List<Message> messages(CallEventRecord event, Optional<CallRecord> call, Callbacks to) {
        Profile profile = profiles.get(to.profile());
        if (profile == null) {
            String method = to.method().toUpperCase(Locale.ROOT).equals("GET") ? "GET" : "POST";
            return List.of(NativeProfile.message(event, method, to.url()));
        }
        try {
            return profile.messages(event, call, to);
        } catch (RuntimeException fault) {
            // What happened is kept all the same.
            LOG.error("call={} {} cannot tell {}", event.callId(), to.profile(), event.type(), fault);
            return List.of();
        }
    }

    private Manner manner(String name) {
        Profile profile = profiles.get(name);
        return profile == null ? Manner.STANDARD : profile.manner();
    }

    private static void add(
            Tables tables, CallEventRecord event, int part, String receiver, String target, Message message) {
        // What is of no call is in nobody's order.
        String stream = receiver + "/" + (event.callId().isEmpty() ? event.id() : event.callId());
        tables.outbox()
                .insert(OutboxRow.pending(
                        UUID.randomUUID().toString(),
                        event.account(),
                        event.id(),
                        event.callId(),
                        stream,
                        event.seq() * MOST_OF_AN_EVENT + part,
                        receiver,
                        target,
                        message.body(),
                        event.time()));
    }
}
