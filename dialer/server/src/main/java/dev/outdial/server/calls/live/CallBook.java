package dev.outdial.server.calls.live;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.CallViews;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a call becomes by what happened to it, and what is told of that. Pure. */
final class CallBook {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /**
     * A call after a change.
     *
     * @param told in this order
     */
    record Step(CallRecord call, List<Event> told) {}

    /** @param data without the call, which whoever stores it adds where {@code withCall} */
    record Event(String type, ObjectNode data, boolean withCall) {
        private static Event of(String type) {
            return new Event(type, NODES.objectNode(), true);
        }

        private static Event of(String type, ObjectNode data) {
            return new Event(type, data, true);
        }

        private static Event alone(String type, ObjectNode data) {
            return new Event(type, data, false);
        }
    }

    private CallBook() {}

    /** The step; empty where the call stands where this cannot happen any more. */
    static Optional<Step> step(CallRecord call, Change change, Instant at) {
        var draft = new CallDraft(call);
        return told(call, draft, change, at).map(events -> new Step(draft.record(at), events));
    }

    private static Optional<List<Event>> told(CallRecord call, CallDraft draft, Change change, Instant at) {
        return switch (change) {
            case Change.Permitted permitted -> permitted(call, draft, permitted);
            case Change.Sent sent -> sent(call, draft, at);
            case Change.Ringing ringing -> ringing(call, draft, ringing, at);
            case Change.Answered answered -> answered(call, draft, answered, at);
            case Change.Ending ending -> ending(call, draft);
            case Change.Over over -> over(call, draft, over, at);
            case Change.Again again -> again(call, draft, again);
            case Change.Postponed postponed -> postponed(call, draft, postponed);
            case Change.Told told ->
                goesOn(call)
                        ? Optional.of(List.of(Event.alone(told.type(), (ObjectNode) CallViews.stored(told.data()))))
                        : Optional.empty();
            case Change.FlowBegan began -> flowBegan(call, draft, began);
            case Change.StepBegan began -> stepBegan(call, draft, began);
            case Change.FlowOver over -> flowOver(call, draft, over);
            case Change.Bridged bridged -> {
                draft.bridgeId = bridged.bridgeId();
                yield goesOn(call)
                        ? Optional.of(List.of(Event.of("call.updated", fields("bridge_id"))))
                        : Optional.empty();
            }
            case Change.Chained chained -> {
                if (!goesOn(call)) yield Optional.empty();
                draft.chainedCallIds.add(chained.chainedCallId());
                yield Optional.of(List.of(Event.of("call.updated", fields("chained_call_ids"))));
            }
            case Change.RecordingBegan began -> {
                if (call.recordingIds().contains(began.recordingId())) yield Optional.empty();
                draft.recordingIds.add(began.recordingId());
                yield Optional.of(List.of(Event.alone("recording.started", recording(began.recordingId()))));
            }
            case Change.RecordingOver over ->
                Optional.of(List.of(Event.alone(
                        "recording.done",
                        recording(over.recordingId())
                                .put("reason", over.reason())
                                .put("duration_ms", over.durationMillis())
                                .put("size", over.byteLength()))));
            case Change.GatherOver over ->
                Optional.of(List.of(Event.alone(
                        "gather.done",
                        NODES.objectNode()
                                .put("gather_id", over.gatherId())
                                .put("digits", over.digits())
                                .put("reason", over.reason())
                                .put("tag", over.tag()))));
        };
    }

    private static Optional<List<Event>> permitted(CallRecord call, CallDraft draft, Change.Permitted permitted) {
        // The ledger moved the row already, in the transaction of its permit; a further way of the same call rings on.
        boolean isFirst = call.status() == CallStatus.QUEUED || call.status() == CallStatus.DIALING;
        if (!isFirst && call.status() != CallStatus.RINGING) return Optional.empty();
        if (isFirst) draft.status = CallStatus.DIALING;
        draft.attempts = Math.max(call.attempts(), permitted.attempt());
        draft.sipCallId = permitted.sipCallId();
        draft.trunk = permitted.trunk();
        return Optional.of(List.of(Event.of("call.dialing")));
    }

    private static Optional<List<Event>> sent(CallRecord call, CallDraft draft, Instant at) {
        if (!goesOn(call)) return Optional.empty();
        draft.invited = Optional.of(at);
        return Optional.of(List.of());
    }

    private static Optional<List<Event>> ringing(CallRecord call, CallDraft draft, Change.Ringing ringing, Instant at) {
        boolean rings = call.status() == CallStatus.RINGING;
        if (!rings && !call.status().mayBecome(CallStatus.RINGING)) return Optional.empty();
        draft.earlyMedia = call.earlyMedia() || ringing.earlyMedia();
        if (rings) {
            return draft.earlyMedia == call.earlyMedia()
                    ? Optional.empty()
                    : Optional.of(List.of(Event.of("call.updated", fields("early_media"))));
        }
        draft.status = CallStatus.RINGING;
        draft.ringing = Optional.of(at);
        return Optional.of(List.of(Event.of(
                "call.ringing",
                NODES.objectNode().put("sip_code", ringing.status()).put("early_media", ringing.earlyMedia()))));
    }

    private static Optional<List<Event>> answered(
            CallRecord call, CallDraft draft, Change.Answered answered, Instant at) {
        if (!call.status().mayBecome(CallStatus.PROGRESSING)) return Optional.empty();
        draft.status = CallStatus.PROGRESSING;
        draft.codec = answered.codec();
        draft.answered = Optional.of(at);
        return Optional.of(List.of(Event.of(
                "call.answered",
                NODES.objectNode().put("codec", answered.codec()).put("encrypted", answered.encrypted()))));
    }

    private static Optional<List<Event>> ending(CallRecord call, CallDraft draft) {
        if (call.status().mayBecome(CallStatus.CANCELING)) {
            draft.status = CallStatus.CANCELING;
            return Optional.of(List.of(Event.of("call.canceling")));
        }
        if (call.status().mayBecome(CallStatus.TERMINATING)) {
            draft.status = CallStatus.TERMINATING;
            return Optional.of(List.of(Event.of("call.terminating")));
        }
        return Optional.empty();
    }

    private static Optional<List<Event>> over(CallRecord call, CallDraft draft, Change.Over over, Instant at) {
        if (!goesOn(call)) return Optional.empty();
        draft.over(over);
        draft.status = CallStatus.HANGUP;
        draft.currentAction = "";
        draft.bridgeId = "";
        draft.ended = Optional.of(at);
        Event ended = Event.of("call.ended", ended(over));
        return Optional.of(
                over.timedOut()
                        ? List.of(
                                Event.of(
                                        "call.timeout",
                                        NODES.objectNode().put("ring_s", call.ringMillisLimit() / 1000.0)),
                                ended)
                        : List.of(ended));
    }

    private static ObjectNode ended(Change.Over over) {
        return NODES.objectNode()
                .put("outcome", over.outcome())
                .put("why", over.why())
                .put("ring_ms", over.ringMillis())
                .put("talk_ms", over.talkMillis());
    }

    private static Optional<List<Event>> again(CallRecord call, CallDraft draft, Change.Again again) {
        if (!goesOn(call) || call.status() == CallStatus.QUEUED) return Optional.empty();
        draft.queuedAnew();
        return Optional.of(List.of(Event.of(
                "call.updated",
                fields("status")
                        .put("failed_attempt", call.attempts())
                        .put("failed_outcome", again.failed().outcome())
                        .put("failed_sip_code", again.failed().sipCode())
                        .put("next_attempt", CallViews.time(Instant.ofEpochMilli(again.dueMillis()))))));
    }

    private static Optional<List<Event>> postponed(CallRecord call, CallDraft draft, Change.Postponed postponed) {
        if (!goesOn(call)) return Optional.empty();
        if (call.status() != CallStatus.QUEUED) {
            // A permit that nobody learned of, since the store was gone: nothing was sent under it, nor ever is.
            boolean isOurs =
                    call.status() == CallStatus.DIALING && call.sipCallId().equals(postponed.sipCallId());
            if (!isOurs) return Optional.empty();
            draft.queuedAnew();
        }
        return Optional.of(List.of(Event.of(
                "call.updated",
                fields("status")
                        .put("waits_for", postponed.rule())
                        .put("next_attempt", CallViews.time(Instant.ofEpochMilli(postponed.dueMillis()))))));
    }

    private static Optional<List<Event>> flowBegan(CallRecord call, CallDraft draft, Change.FlowBegan began) {
        if (!goesOn(call)) return Optional.empty();
        draft.activeflowId = began.runId();
        return Optional.of(
                List.of(Event.alone("flow.started", run(began.runId()).put("flow_id", began.flowId()))));
    }

    private static Optional<List<Event>> stepBegan(CallRecord call, CallDraft draft, Change.StepBegan began) {
        if (!goesOn(call)) return Optional.empty();
        draft.currentAction = began.stepId();
        return Optional.of(List.of(Event.alone(
                "action.started",
                run(began.runId()).put("action_id", began.stepId()).put("action", began.stepType()))));
    }

    private static Optional<List<Event>> flowOver(CallRecord call, CallDraft draft, Change.FlowOver over) {
        if (!goesOn(call)) return Optional.empty();
        draft.currentAction = "";
        return Optional.of(List.of(Event.alone(
                "flow.ended", run(over.runId()).put("end", over.end()).put("why", over.why()))));
    }

    private static boolean goesOn(CallRecord call) {
        return call.status() != CallStatus.HANGUP;
    }

    private static ObjectNode run(String runId) {
        return NODES.objectNode().put("activeflow_id", runId);
    }

    private static ObjectNode recording(String id) {
        return NODES.objectNode().put("recording_id", id);
    }

    private static ObjectNode fields(String changed) {
        ObjectNode data = NODES.objectNode();
        data.putArray("changed").add(changed);
        return data;
    }
}
