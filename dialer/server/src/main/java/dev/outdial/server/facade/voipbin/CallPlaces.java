package dev.outdial.server.facade.voipbin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.CallQuery;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallService;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Asked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes, shows and ends calls. <b>Threading:</b> any. */
final class CallPlaces {
    private static final String CALL = "CALL";

    private final CallService calls;
    private final NewCalls newCalls;
    private final CallLooks looks;
    private final Settings settings;

    CallPlaces(CallService calls, NewCalls newCalls, CallLooks looks, Settings settings) {
        this.calls = calls;
        this.newCalls = newCalls;
        this.looks = looks;
        this.settings = settings;
    }

    void on(Desk desk) {
        desk.make("/calls", Scope.CALL, CALL, (who, asked) -> create(who, asked, Desk.body(asked)))
                .get("/calls", CALL, this::list)
                .get("/calls/{id}", CALL, (who, asked) -> shown(calls.get(who.account(), Desk.id(asked))))
                .change("DELETE", "/calls/{id}", Scope.CALL, CALL, this::delete)
                .change("POST", "/calls/{id}/hangup", Scope.CALL, CALL, this::hangUp);
    }

    private Answer create(Who who, Asked asked, JsonNode body) {
        NewCalls.Wish wish = newCalls.read(who, body);
        List<CallRecord> made = new ArrayList<>();
        Optional<RuntimeException> first = Optional.empty();
        for (int i = 0; i < wish.destinations().size(); i++) {
            try {
                var call = wish.to(Addresses.read(wish.destinations().get(i), "destinations[" + i + "]"));
                made.addAll(calls.create(who.account(), List.of(call), Optional.empty())
                        .calls());
            } catch (Refusal | ServiceException unable) {
                if (first.isEmpty()) first = Optional.of(unable);
            }
        }
        if (made.isEmpty() && first.isPresent()) throw first.get();
        ArrayNode views = JsonNodeFactory.instance.arrayNode();
        made.forEach(call -> views.add(looks.asMade(call)));
        boolean isObject = settings.answersObject()
                ? !asked.header("X-Response-Shape")
                        .filter("array"::equalsIgnoreCase)
                        .isPresent()
                : asked.header("X-Response-Shape")
                        .filter("object"::equalsIgnoreCase)
                        .isPresent();
        if (!isObject) return Answer.json(200, views);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("calls", views);
        json.putArray("groupcalls");
        return Answer.json(200, json);
    }

    private Answer list(Who who, Asked asked) {
        Pages.Before<CallRecord> rows =
                before -> (cursor, limit) -> calls.list(who.account(), query(before, cursor, limit));
        return Pages.answer(Pages.Wanted.of(asked), rows, CallRecord::created, looks::asListed);
    }

    static CallQuery query(Optional<Instant> before, Optional<String> cursor, int limit) {
        return new CallQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                before,
                cursor,
                limit);
    }

    private Answer shown(CallRecord call) {
        return Answer.json(200, looks.whole(call));
    }

    private Answer delete(Who who, Asked asked) {
        String id = Desk.id(asked);
        CallRecord call = calls.get(who.account(), id);
        if (call.status() != CallStatus.HANGUP) call = calls.hangUp(who.account(), id, "normal");
        calls.delete(who.account(), id);
        return shown(call);
    }

    private Answer hangUp(Who who, Asked asked) {
        return shown(calls.hangUp(who.account(), Desk.id(asked), "normal"));
    }
}
