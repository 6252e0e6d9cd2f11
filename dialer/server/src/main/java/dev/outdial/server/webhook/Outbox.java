package dev.outdial.server.webhook;

import dev.outdial.server.calls.CallEventRecord;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.Callbacks;
import dev.outdial.server.store.OutboxRow;
import dev.outdial.server.store.StoredDocument;
import dev.outdial.server.store.Tables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes down whom an event is to be told, in the transaction that stores the event: what is stored is told, and nothing else is.
 *
 * <p><b>Threading:</b> any, each within a transaction of its own.
 */
public final class Outbox {
    /** More webhooks than an account can have. */
    private static final int ALL = 1000;

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
        Profile.Message message = NativeProfile.message(event);
        for (StoredDocument webhook :
                tables.webhooks().list(event.account(), Optional.empty(), ALL).items()) {
            if (webhook.state().equals(Endpoint.ENABLED)
                    && Endpoint.parse(webhook.body()).wants(event.type())) {
                add(tables, event, webhook.id(), "", message.body());
            }
        }
        call.flatMap(CallRecord::callbacks)
                .ifPresent(callbacks -> messages(event, call, callbacks).forEach(rendered -> {
                    Target target = Target.of(callbacks, rendered.contentType());
                    add(tables, event, target.receiver(event.account()), target.json(), rendered.body());
                }));
    }

    private List<Profile.Message> messages(CallEventRecord event, Optional<CallRecord> call, Callbacks callbacks) {
        Profile profile = profiles.get(callbacks.profile());
        return profile == null ? List.of(NativeProfile.message(event)) : profile.messages(event, call, callbacks);
    }

    private static void add(Tables tables, CallEventRecord event, String receiver, String target, String body) {
        // What is of no call is in nobody's order.
        String stream = receiver + "/" + (event.callId().isEmpty() ? event.id() : event.callId());
        tables.outbox()
                .insert(OutboxRow.pending(
                        UUID.randomUUID().toString(),
                        event.account(),
                        event.id(),
                        event.callId(),
                        stream,
                        event.seq(),
                        receiver,
                        target,
                        body,
                        event.time()));
    }
}
