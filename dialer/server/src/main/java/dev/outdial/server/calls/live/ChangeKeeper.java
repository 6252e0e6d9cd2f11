package dev.outdial.server.calls.live;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.CallEventRecord;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.store.QueueTable;
import dev.outdial.server.store.StoredDocument;
import dev.outdial.server.store.Tables;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Stores what happened to a call: its row, its events, their deliveries, and what hangs on it, in one transaction. <b>Threading:</b> any. */
final class ChangeKeeper {
    private final Deliveries deliveries;
    private final AtomicLong ignored = new AtomicLong();

    ChangeKeeper(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    /** How many changes came where they could not happen any more. */
    long ignored() {
        return ignored.get();
    }

    /** Stores it, where it can happen. */
    Optional<CallRecord> keep(Tables tables, CallChange one, Aftermath aftermath) {
        Optional<CallBook.Step> step = tables.calls()
                .lock(one.callId())
                .filter(call -> one.node().isEmpty() || tables.queue().isOf(call.id(), one.node()))
                .flatMap(call -> CallBook.step(call, one.change(), one.at()));
        if (step.isEmpty()) {
            long unused = ignored.incrementAndGet();
            return Optional.empty();
        }
        CallRecord call = step.get().call();
        boolean isUpdated = tables.calls().update(call);
        if (!isUpdated) return Optional.empty();
        boolean isToldOf = isOver(tables, one.change());
        document(tables, call, one);
        queue(tables, call, one);
        for (CallBook.Event event : step.get().told()) {
            ObjectNode data = event.data().deepCopy();
            if (event.withCall()) data.set("call", CallViews.json(call));
            if (!isToldOf) tell(tables, call, event.type(), one.at(), data);
        }
        aftermath.told(call.account());
        if (one.change() instanceof Change.Over) aftermath.over(call.id());
        Groups.follow(this, tables, call, one, aftermath);
        return Optional.of(call);
    }

    /** Keeps an event of a call, and its deliveries. */
    void tell(Tables tables, CallRecord call, String type, Instant at, ObjectNode data) {
        CallEventRecord event = tables.events().append(call.account(), type, at, call.id(), data.toString());
        deliveries.add(tables, event, Optional.of(call));
    }

    /** Keeps an event that is of no call, and its deliveries. */
    void tell(Tables tables, String account, String type, Instant at, ObjectNode data) {
        CallEventRecord event = tables.events().append(account, type, at, data.toString());
        deliveries.add(tables, event, Optional.empty());
    }

    /** Whether others ended it meanwhile, as nobody spoke of it any more. */
    private static boolean isOver(Tables tables, Change change) {
        return switch (change) {
            case Change.RecordingOver over ->
                tables.recordings()
                        .byId(over.recordingId())
                        .filter(known -> !known.state().equals(Recordings.OPEN))
                        .isPresent();
            case Change.GatherOver over
            when !over.gatherId().isEmpty() ->
                tables.gathers()
                        .byId(over.gatherId())
                        .filter(known -> !known.state().equals(Gathers.OPEN))
                        .isPresent();
            default -> false;
        };
    }

    private static void document(Tables tables, CallRecord call, CallChange one) {
        switch (one.change()) {
            case Change.RecordingBegan began -> {
                ObjectNode body = JsonNodeFactory.instance.objectNode().put("file", began.file());
                boolean unused = tables.recordings()
                        .insert(new StoredDocument(
                                began.recordingId(),
                                call.account(),
                                "",
                                call.id(),
                                Recordings.OPEN,
                                body.toString(),
                                one.at(),
                                one.at()));
            }
            case Change.RecordingOver over -> {
                ObjectNode body = JsonNodeFactory.instance
                        .objectNode()
                        .put("file", over.file())
                        .put("reason", over.reason())
                        .put("duration_ms", over.durationMillis())
                        .put("size", over.byteLength())
                        .put("ended", one.at().toEpochMilli());
                tables.recordings().lock(over.recordingId()).ifPresent(known -> {
                    boolean unused = tables.recordings().update(known.changed("ended", body.toString(), one.at()));
                });
            }
            case Change.GatherOver over ->
                tables.gathers().lock(over.gatherId()).ifPresent(known -> {
                    ObjectNode body = (ObjectNode) CallViews.stored(known.body());
                    body.put("digits", over.digits()).put("reason", over.reason());
                    boolean unused = tables.gathers().update(known.changed("completed", body.toString(), one.at()));
                });
            case Change.Answered c -> {}
            case Change.Over c -> {}
            case Change.Permitted c -> {}
            case Change.Sent c -> {}
            case Change.Ringing c -> {}
            case Change.Ending c -> {}
            case Change.Again c -> {}
            case Change.Postponed c -> {}
            case Change.Told c -> {}
            case Change.FlowBegan c -> {}
            case Change.StepBegan c -> {}
            case Change.FlowOver c -> {}
            case Change.Bridged c -> {}
            case Change.Chained c -> {}
        }
    }

    private static void queue(Tables tables, CallRecord call, CallChange one) {
        if (one.change() instanceof Change.Again again) {
            tables.calls().requeue(call.id(), Instant.ofEpochMilli(again.dueMillis()));
        }
        if (one.change() instanceof Change.Postponed postponed && call.status() == CallStatus.QUEUED) {
            var claim = new QueueTable.Claim(call, postponed.node(), postponed.fence());
            boolean unused = tables.queue().free(claim, Instant.ofEpochMilli(postponed.dueMillis()));
            if (!postponed.sipCallId().isEmpty()) {
                tables.attempts().settled(postponed.sipCallId(), "refused", false, one.at());
            }
        }
    }
}
