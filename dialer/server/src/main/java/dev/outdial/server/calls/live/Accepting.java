package dev.outdial.server.calls.live;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.Address;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallService.Accepted;
import dev.outdial.server.calls.CallService.RequestKey;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.calls.NewCall;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.ServiceException.Field;
import dev.outdial.server.calls.ServiceException.Kind;
import dev.outdial.server.calls.TraceParent;
import dev.outdial.server.calls.UrlPassword;
import dev.outdial.server.store.IdempotencyTable.Claim;
import dev.outdial.server.store.StoredAccount;
import dev.outdial.server.store.Tables;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Accepts calls: checks them, and stores them in one transaction that is on the disk when it returns. <b>Threading:</b> any. */
final class Accepting {
    private static final int MOST_CALLS = 1_000;

    private final Workshop workshop;
    private final Hearing hearing;

    Accepting(Workshop workshop) {
        this.workshop = workshop;
        this.hearing = new Hearing(workshop);
    }

    Accepted accept(String account, List<NewCall> calls, Optional<RequestKey> key) {
        if (calls.isEmpty() || calls.size() > MOST_CALLS) {
            throw Troubles.invalid("to", calls.size() + " calls: 1 to " + MOST_CALLS + " are expected");
        }
        record Done(Accepted accepted, Aftermath aftermath) {}
        Instant now = workshop.now();
        List<CallRecord> records = records(account, calls, now);
        List<Field> senseless = new ArrayList<>(senseless(records));
        senseless.addAll(unheard(account, calls));
        senseless.addAll(untold(calls));
        Optional<String> parent = TraceParent.current();
        List<String> ids = records.stream().map(CallRecord::id).toList();
        Done done = workshop.store().durably(tables -> {
            var aftermath = new Aftermath();
            Claim claim = key.<Claim>map(
                            own -> tables.idempotency().claim(account, own.key(), own.bodyHash(), ids, now))
                    .orElseGet(Claim.First::new);
            return switch (claim) {
                case Claim.OtherBody other -> throw Troubles.otherBody();
                case Claim.Replay replay ->
                    new Done(new Accepted(replayed(tables, account, replay.ids()), true), aftermath);
                case Claim.First first -> {
                    check(tables, account, calls, senseless);
                    records.forEach(call -> keep(tables, call, parent, aftermath));
                    yield new Done(new Accepted(records, false), aftermath);
                }
            };
        });
        workshop.afterwards(done.aftermath());
        return done.accepted();
    }

    /** As a part of a transaction that keeps more: what it says is to be done afterwards. */
    void keep(Tables tables, CallRecord call, Aftermath aftermath) {
        keep(tables, call, Optional.empty(), aftermath);
    }

    /** The same for a request that is a part of a trace. @param parent its traceparent; the transaction's thread is another one */
    void keep(Tables tables, CallRecord call, Optional<String> parent, Aftermath aftermath) {
        tables.calls().insert(call);
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        parent.ifPresent(span -> data.put("traceparent", span));
        data.set("call", CallViews.json(call));
        workshop.keeper().tell(tables, call, "call.created", call.created(), data);
        aftermath.told(call.account());
        aftermath.queueChanged();
    }

    private static List<CallRecord> replayed(Tables tables, String account, List<String> ids) {
        List<CallRecord> calls = new ArrayList<>();
        ids.forEach(id -> tables.calls().find(account, id).ifPresent(calls::add));
        return calls;
    }

    List<CallRecord> records(String account, List<NewCall> calls, Instant now) {
        List<CallRecord> records = new ArrayList<>();
        for (NewCall call : calls) {
            records.add(record(account, call, now));
        }
        return records;
    }

    /** What is wrong with the calls themselves, by what the engine says of them. */
    List<Field> senseless(List<CallRecord> records) {
        List<Field> fields = new ArrayList<>();
        for (CallRecord call : records) {
            try {
                workshop.dialer().check(Requests.of(call));
            } catch (IllegalArgumentException senseless) {
                fields.add(new Field(
                        knowsTrunk(call.trunk()) ? "to.target" : "trunk", String.valueOf(senseless.getMessage())));
            }
        }
        return fields;
    }

    /** What is wrong with what is to be heard in the calls; found out before a transaction, as it asks files and engines. */
    List<Field> unheard(String account, List<NewCall> calls) {
        return hearing.objections(account, calls);
    }

    /** Where the settings let nobody be told. Other systems' APIs have checks and words of their own. */
    List<Field> untold(List<NewCall> calls) {
        var fields = new LinkedHashSet<Field>();
        calls.stream()
                .filter(call -> call.origin().equals("native"))
                .flatMap(call -> call.callbacks().stream())
                .distinct()
                .forEach(callbacks -> {
                    untold("callbacks.url", callbacks.url()).ifPresent(fields::add);
                    untold("callbacks.fallback_url", callbacks.fallbackUrl()).ifPresent(fields::add);
                });
        return List.copyOf(fields);
    }

    private Optional<Field> untold(String field, String url) {
        if (url.isEmpty()) return Optional.empty();
        return workshop.settings()
                .http()
                .objection(URI.create(UrlPassword.without(url)))
                .map(sentence -> new Field(field, sentence + " (webhooks.private_addresses, webhooks.ports)"));
    }

    private boolean knowsTrunk(String trunk) {
        return workshop.settings().trunks().get().contains(trunk);
    }

    /** Checks what needs the store. */
    static void check(Tables tables, String account, List<NewCall> calls, List<Field> senseless) {
        boolean mayCall =
                tables.accounts().find(account).map(Accepting::mayCall).orElse(true);
        if (!mayCall) {
            throw new ServiceException(
                    Kind.FORBIDDEN, "telephony_not_enabled", "this account may not place calls: telephony is off");
        }
        List<Field> fields = new ArrayList<>(senseless);
        calls.stream()
                .map(NewCall::plan)
                .distinct()
                .forEach(plan -> fields.addAll(Plans.problems(tables, account, plan)));
        if (!fields.isEmpty()) {
            throw new ServiceException(
                    Kind.INVALID,
                    "invalid",
                    fields.getFirst().field() + ": " + fields.getFirst().message(),
                    fields);
        }
    }

    private static boolean mayCall(StoredAccount account) {
        return account.body().isEmpty()
                || CallViews.stored(account.body()).path("telephony").asBoolean(true);
    }

    private CallRecord record(String account, NewCall call, Instant now) {
        String trunk = call.trunk()
                .or(() -> workshop.settings().trunks().get().stream().findFirst())
                .orElse("");
        return new CallRecord(
                UUID.randomUUID().toString(),
                account,
                call.origin(),
                "outgoing",
                call.from().orElse(new Address(Address.Type.TEL, "", "")),
                call.to(),
                trunk,
                "",
                CallStatus.QUEUED,
                false,
                0,
                "",
                "",
                "",
                OptionalInt.empty(),
                "",
                OptionalInt.empty(),
                "",
                call.plan(),
                call.schedule(),
                call.ringTimeout().toMillis(),
                call.maxDuration().toMillis(),
                "",
                "",
                call.groupcallId().orElse(""),
                "",
                call.masterCallId().orElse(""),
                List.of(),
                "",
                List.of(),
                "",
                "",
                call.tag(),
                call.metadata(),
                Map.copyOf(call.variables()),
                Map.copyOf(call.headers()),
                call.anonymous(),
                call.record(),
                call.detectMachine(),
                call.callbacks(),
                now,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                now);
    }
}
