package dev.outdial.server.calls.live;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.calls.GroupcallRecord;
import dev.outdial.server.calls.NewGroupcall.AnswerMethod;
import dev.outdial.server.calls.NewGroupcall.RingMethod;
import dev.outdial.server.store.StoredDocument;
import dev.outdial.server.store.Tables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Groups of calls: what becomes of the others when one is answered or over. In the transaction of that, so that no crash parts them. */
final class Groups {
    /** When those of a group are due that wait for the one before them. */
    static final Instant NOT_YET = Instant.parse("9999-01-01T00:00:00Z");

    private Groups() {}

    static void follow(ChangeKeeper keeper, Tables tables, CallRecord call, CallChange one, Aftermath aftermath) {
        if (call.groupcallId().isEmpty()) return;
        switch (one.change()) {
            case Change.Answered answered ->
                tables.groupcalls()
                        .lock(call.groupcallId())
                        .ifPresent(group -> answered(keeper, tables, group, call, one.at(), aftermath));
            case Change.Over over ->
                tables.groupcalls()
                        .lock(call.groupcallId())
                        .ifPresent(group -> over(keeper, tables, group, call, one.at(), aftermath));
            default -> {}
        }
    }

    private static void answered(
            ChangeKeeper keeper,
            Tables tables,
            StoredDocument stored,
            CallRecord call,
            Instant at,
            Aftermath aftermath) {
        GroupcallRecord group = read(stored);
        if (!group.answerCallId().isEmpty()) {
            if (group.answerMethod() == AnswerMethod.HANGUP_OTHERS) aftermath.hangUp(call.id());
            return;
        }
        GroupcallRecord now = with(group, "progressing", call.id(), Optional.empty());
        boolean unused = tables.groupcalls().update(document(now, at));
        keeper.tell(tables, now.account(), "groupcall.answered", at, json(now));
        if (now.answerMethod() == AnswerMethod.HANGUP_OTHERS || now.ringMethod() == RingMethod.LINEAR) {
            now.callIds().stream().filter(id -> !id.equals(call.id())).forEach(aftermath::hangUp);
        }
    }

    private static void over(
            ChangeKeeper keeper,
            Tables tables,
            StoredDocument stored,
            CallRecord call,
            Instant at,
            Aftermath aftermath) {
        GroupcallRecord group = read(stored);
        List<CallRecord> left = left(tables, group);
        boolean isWanted = group.answerCallId().isEmpty() && !group.status().equals("hangingup");
        if (left.isEmpty()) {
            GroupcallRecord now = with(group, "hangup", group.answerCallId(), Optional.of(at));
            boolean unused = tables.groupcalls().update(document(now, at));
            keeper.tell(tables, now.account(), "groupcall.ended", at, json(now));
        } else if (isWanted && group.ringMethod() == RingMethod.LINEAR) {
            boolean nobodyIsRung = left.stream().allMatch(other -> other.status() == CallStatus.QUEUED);
            int place = group.callIds().indexOf(call.id());
            if (nobodyIsRung && place >= 0) {
                left.stream()
                        .filter(other -> group.callIds().indexOf(other.id()) > place)
                        .findFirst()
                        .ifPresent(next -> tables.calls().requeue(next.id(), at));
                aftermath.queueChanged();
            }
        }
    }

    private static List<CallRecord> left(Tables tables, GroupcallRecord group) {
        List<CallRecord> left = new ArrayList<>();
        for (String id : group.callIds()) {
            tables.calls()
                    .byId(id)
                    .filter(one -> one.status() != CallStatus.HANGUP)
                    .ifPresent(left::add);
        }
        return left;
    }

    static GroupcallRecord with(GroupcallRecord group, String status, String answerCallId, Optional<Instant> ended) {
        return new GroupcallRecord(
                group.id(),
                group.account(),
                status,
                group.ringMethod(),
                group.answerMethod(),
                answerCallId,
                group.callIds(),
                group.tag(),
                group.created(),
                ended);
    }

    static ObjectNode json(GroupcallRecord group) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", group.id())
                .put("status", group.status())
                .put("ring_method", group.ringMethod().name())
                .put("answer_method", group.answerMethod().name())
                .put("answer_call_id", group.answerCallId())
                .put("tag", group.tag());
        var ids = json.putArray("call_ids");
        group.callIds().forEach(ids::add);
        json.set("t_end", CallViews.time(group.ended()));
        return json;
    }

    static StoredDocument document(GroupcallRecord group, Instant updated) {
        return new StoredDocument(
                group.id(), group.account(), "", "", group.status(), json(group).toString(), group.created(), updated);
    }

    static GroupcallRecord read(StoredDocument stored) {
        ObjectNode json = (ObjectNode) CallViews.stored(stored.body());
        List<String> ids = new ArrayList<>();
        json.path("call_ids").forEach(id -> ids.add(id.asText()));
        return new GroupcallRecord(
                stored.id(),
                stored.account(),
                stored.state(),
                RingMethod.valueOf(json.path("ring_method").asText()),
                AnswerMethod.valueOf(json.path("answer_method").asText()),
                json.path("answer_call_id").asText(),
                ids,
                json.path("tag").asText(),
                stored.created(),
                json.path("t_end").isTextual()
                        ? Optional.of(Instant.parse(json.path("t_end").asText()))
                        : Optional.empty());
    }
}
