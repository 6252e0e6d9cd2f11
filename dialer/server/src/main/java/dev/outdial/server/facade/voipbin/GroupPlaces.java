package dev.outdial.server.facade.voipbin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallService;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.GroupcallRecord;
import dev.outdial.server.calls.GroupcallService;
import dev.outdial.server.calls.NewCall;
import dev.outdial.server.calls.NewGroupcall;
import dev.outdial.server.calls.NewGroupcall.AnswerMethod;
import dev.outdial.server.calls.NewGroupcall.RingMethod;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Asked;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes, shows and ends groups of calls. <b>Threading:</b> any. */
final class GroupPlaces {
    private static final String GROUP = "GROUPCALL";

    private final GroupcallService groups;
    private final CallService calls;
    private final NewCalls newCalls;
    private final Views views;

    GroupPlaces(GroupcallService groups, CallService calls, NewCalls newCalls, Views views) {
        this.groups = groups;
        this.calls = calls;
        this.newCalls = newCalls;
        this.views = views;
    }

    void on(Desk desk) {
        desk.make("/groupcalls", Scope.CALL, GROUP, this::create)
                .get("/groupcalls", GROUP, this::list)
                .get("/groupcalls/{id}", GROUP, (who, asked) -> shown(who, groups.get(who.account(), Desk.id(asked))))
                .change("DELETE", "/groupcalls/{id}", Scope.CALL, GROUP, this::delete)
                .change(
                        "POST",
                        "/groupcalls/{id}/hangup",
                        Scope.CALL,
                        GROUP,
                        (who, asked) -> shown(who, groups.hangUp(who.account(), Desk.id(asked))));
    }

    private Answer create(Who who, Asked asked) throws IOException {
        JsonNode body = Desk.body(asked);
        String ring = body.path("ring_method").asText("");
        RingMethod ringMethod = switch (ring) {
            case "", "ring_all" -> RingMethod.RING_ALL;
            case "linear" -> RingMethod.LINEAR;
            default -> throw Refusal.invalid("ring_method must be ring_all or linear");
        };
        String answer = body.path("answer_method").asText("");
        AnswerMethod answerMethod = switch (answer) {
            case "" -> AnswerMethod.KEEP;
            case "hangup_others" -> AnswerMethod.HANGUP_OTHERS;
            default -> throw Refusal.invalid("answer_method must be empty or hangup_others");
        };
        NewCalls.Wish wish = newCalls.read(who, body);
        List<NewCall> members = new ArrayList<>();
        ArrayNode destinations = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < wish.destinations().size(); i++) {
            JsonNode written = wish.destinations().get(i);
            var address = Addresses.read(written, "destinations[" + i + "]");
            members.add(wish.to(address));
            destinations.add(
                    Addresses.json(address).put("type", written.path("type").asText("tel")));
        }
        var kept = new GroupWish(Addresses.json(wish.source()), destinations, wish.flowId(), ring, answer);
        GroupcallRecord made = groups.create(
                        who.account(),
                        new NewGroupcall(members, ringMethod, answerMethod, kept.tag()),
                        Optional.empty())
                .item();
        return shown(who, made);
    }

    private Answer shown(Who who, GroupcallRecord group) {
        return Answer.json(200, views.groupcall(group, dialled(who.account(), group)));
    }

    /** Those of a linear one that wait for the one before them are not there yet, as VoIPBin has it. */
    private List<String> dialled(String account, GroupcallRecord group) {
        if (group.ringMethod() != RingMethod.LINEAR) return group.callIds();
        List<String> dialled = new ArrayList<>();
        for (String id : group.callIds()) {
            if (dialled.isEmpty() || isDialled(account, id)) dialled.add(id);
        }
        return dialled;
    }

    private boolean isDialled(String account, String id) {
        try {
            CallRecord call = calls.get(account, id);
            return call.attempts() > 0
                    || call.status() != CallStatus.QUEUED && call.invited().isPresent();
        } catch (ServiceException deleted) {
            return false;
        }
    }

    private Answer list(Who who, Asked asked) {
        return Pages.answer(
                Pages.Wanted.of(asked),
                before -> (cursor, limit) -> groups.list(who.account(), new PageQuery(cursor, limit)),
                GroupcallRecord::created,
                group -> views.groupcall(group, dialled(who.account(), group)));
    }

    private Answer delete(Who who, Asked asked) {
        GroupcallRecord group = groups.hangUp(who.account(), Desk.id(asked));
        groups.delete(who.account(), group.id());
        return shown(who, group);
    }
}
