package dev.outdial.server.calls.live;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.flow.machine.FlowHappening;
import dev.outdial.dialer.flow.run.Companion;
import dev.outdial.dialer.flow.run.Companions;
import dev.outdial.dialer.flow.run.FlowStart;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.CallStatistics;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.server.calls.Address;
import dev.outdial.server.calls.CallPlan;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.calls.Callbacks;
import dev.outdial.server.calls.Schedule;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.TransferWish;
import dev.outdial.server.store.NodeLease;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Calls that a flow or a transfer dials for a call of this process: each is on the disk, linked to that call where it ends with it, before it
 * is dialled. <b>Threading:</b> any; waits for the store.
 */
final class FurtherCalls implements Companions {
    private final Workshop workshop;
    private final LiveCall master;

    FurtherCalls(Workshop workshop, LiveCall master) {
        this.workshop = workshop;
        this.master = master;
    }

    @Override
    public Companion about(DialRequest request, Why why, String flowId) {
        try {
            return begun(request, record(request, why, flowId, Optional.empty(), ""), why, flowId);
        } catch (ServiceException away) {
            // A flow knows nothing of services: it is told that this call cannot be dialled.
            throw new IllegalStateException("the call cannot be stored: " + away.getMessage(), away);
        }
    }

    /** The third one of a transfer: it ends with the first. Throws ServiceException where it cannot be stored. */
    Further transferred(DialRequest request, TransferWish wish) {
        CallRecord record = record(request, Why.CONNECTED, "", wish.callbacks(), wish.tag());
        return begun(request, record, Why.CONNECTED, "");
    }

    private Further begun(DialRequest request, CallRecord record, Why why, String flowId) {
        NodeLease.Held held = workshop.settings().lease().held();
        var live = new LiveCall(record, held.node(), held.fence());
        workshop.live().put(live.id(), live);
        try {
            keep(record, held);
        } catch (ServiceException away) {
            workshop.live().remove(live.id(), live);
            // Nobody knows whether it is stored: where it is, it has to end.
            write(live, EndWords.notDialled(OutcomeKind.FAILED, "failed", "the store was away"));
            throw away;
        }
        workshop.settings()
                .ledger()
                .tell(
                        live.id(),
                        attempt ->
                                write(live, new Change.Permitted(attempt.number(), attempt.callId(), attempt.trunk())));
        Optional<String> run = why == Why.CONNECTED
                ? Optional.empty()
                : Optional.of(UUID.randomUUID().toString());
        return new Further(live, request.asAttempt(live.id(), 1), run, flowId);
    }

    private void keep(CallRecord record, NodeLease.Held held) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.set("call", CallViews.json(record));
        var aftermath = new Aftermath();
        boolean unused = workshop.store().durably(tables -> {
            tables.calls().insert(record);
            tables.queue().own(record.id(), held.node(), held.fence());
            workshop.keeper().tell(tables, record, "call.created", record.created(), data);
            if (!record.masterCallId().isEmpty()) {
                var linked = new CallChange(master.id(), new Change.Chained(record.id()), record.created());
                var unusedToo = workshop.keeper().keep(tables, linked, aftermath);
            }
            return true;
        });
        aftermath.told(record.account());
        workshop.afterwards(aftermath);
    }

    private void write(LiveCall live, Change change) {
        var unused = workshop.write(live.id(), change);
    }

    /** One of them, which hears what becomes of it. */
    final class Further implements Companion {
        private final LiveCall live;
        private final DialRequest request;
        private final Optional<String> run;
        private final Ears ears;

        private Further(LiveCall live, DialRequest request, Optional<String> run, String flowId) {
            this.live = live;
            this.request = request;
            this.run = run;
            this.ears = new Ears(live, run, flowId, change -> write(live, change), this::over, answered -> {});
        }

        String id() {
            return live.id();
        }

        @Override
        public DialRequest request() {
            return request;
        }

        @Override
        public FlowStart start(FlowStart usual) {
            return run.map(usual::asRun).orElse(usual).telling(new FurtherCalls(workshop, live));
        }

        @Override
        public void dialled(Call call) {
            live.has(call);
            if (!live.asked().isEmpty()) call.hangUp(Hangups.cause(live.asked()));
        }

        @Override
        public void undialled(String why) {
            end(EndWords.notDialled(OutcomeKind.CANCELED, "cancel", why));
        }

        @Override
        public void hear(CallEvent event) {
            ears.hear(event);
        }

        @Override
        public void hear(FlowHappening happening) {
            ears.hear(happening);
        }

        private void over(CallOutcome outcome) {
            CallStatistics media = live.call().map(Call::statistics).orElse(CallStatistics.NONE);
            end(EndWords.over(outcome, media, false, live.asked()));
        }

        private void end(Change.Over how) {
            if (!live.end()) return;
            workshop.traces().over(live);
            var unusedPause = workshop.settings().ledger().forget(live.id());
            var unused = workshop.write(live.id(), how)
                    .whenComplete((stored, trouble) -> workshop.live().remove(live.id(), live));
        }
    }

    /** From the start as one that may have been dialled: nobody else dials it. */
    private CallRecord record(DialRequest request, Why why, String flowId, Optional<Callbacks> callbacks, String tag) {
        CallRecord first = master.record();
        Instant now = workshop.now();
        String from = request.callerId().orElse("");
        return new CallRecord(
                UUID.randomUUID().toString(),
                first.account(),
                first.origin(),
                "outgoing",
                new Address(Requests.type(from), from, request.displayName().orElse("")),
                new Address(Requests.type(request.target()), request.target(), ""),
                request.trunk().orElse(""),
                "",
                CallStatus.DIALING,
                false,
                0,
                "",
                "",
                "",
                OptionalInt.empty(),
                "",
                OptionalInt.empty(),
                "",
                flowId.isEmpty() ? new CallPlan.Park() : new CallPlan.StoredFlow(flowId),
                Schedule.NOW,
                request.ringFor().toMillis(),
                request.maxDuration().toMillis(),
                "",
                "",
                "",
                "",
                why == Why.PLACED ? "" : first.id(),
                List.of(),
                "",
                List.of(),
                "",
                "",
                tag,
                "",
                Map.of(),
                Map.of(),
                request.caller().anonymous(),
                false,
                false,
                callbacks,
                now,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                now);
    }
}
