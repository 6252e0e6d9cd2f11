package dev.outdial.server.facade.voipbin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.calls.FlowService;
import dev.outdial.server.calls.NewNumber;
import dev.outdial.server.calls.NumberRecord;
import dev.outdial.server.calls.NumberService;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Asked;
import dev.outdial.server.facade.voipbin.Refusal.Status;
import java.io.IOException;
import java.util.Optional;

/** Keeps numbers: those that calls come in for, and may come from. <b>Threading:</b> any. */
final class NumberPlaces {
    private static final String NUMBER = "NUMBER";

    private final NumberService numbers;
    private final FlowService flows;
    private final Views views;

    NumberPlaces(NumberService numbers, FlowService flows, Views views) {
        this.numbers = numbers;
        this.flows = flows;
        this.views = views;
    }

    void on(Desk desk) {
        desk.make("/numbers", Scope.ADMIN, NUMBER, this::create)
                .get("/numbers", NUMBER, this::list)
                .get("/numbers/{id}", NUMBER, (who, asked) -> shown(numbers.get(who.account(), Desk.id(asked))))
                .change("PUT", "/numbers/{id}", Scope.ADMIN, NUMBER, this::replace)
                .change("PUT", "/numbers/{id}/flow_ids", Scope.ADMIN, NUMBER, this::replace)
                .change("DELETE", "/numbers/{id}", Scope.ADMIN, NUMBER, this::delete);
    }

    private Answer shown(NumberRecord number) {
        return Answer.json(200, views.number(number));
    }

    private Answer create(Who who, Asked asked) throws IOException {
        JsonNode body = Desk.body(asked);
        String number = body.path("number").asText("").strip();
        if (!Addresses.isE164(number)) throw Refusal.invalid("number is not in E.164 format, as +15551234567");
        return shown(numbers.create(who.account(), new NewNumber(number, "", flowId(who, body)), Optional.empty())
                .item());
    }

    private String flowId(Who who, JsonNode body) {
        Optional<String> id = Ids.known(body.path("call_flow_id").asText(""));
        if (id.isEmpty()) return "";
        try {
            return flows.get(who.account(), id.get()).id();
        } catch (ServiceException trouble) {
            if (trouble.kind() != ServiceException.Kind.NOT_FOUND) throw trouble;
            throw new Refusal(Status.NOT_FOUND, "FLOW_NOT_FOUND", "there is no such flow");
        }
    }

    private Answer list(Who who, Asked asked) {
        return Pages.answer(
                Pages.Wanted.of(asked),
                before -> (cursor, limit) -> numbers.list(who.account(), new PageQuery(cursor, limit)),
                NumberRecord::created,
                views::number);
    }

    private Answer replace(Who who, Asked asked) throws IOException {
        NumberRecord before = numbers.get(who.account(), Desk.id(asked));
        JsonNode body = Desk.body(asked);
        String flowId = body.has("call_flow_id") ? flowId(who, body) : before.flowId();
        return shown(
                numbers.replace(who.account(), before.id(), new NewNumber(before.e164(), before.trunkId(), flowId)));
    }

    private Answer delete(Who who, Asked asked) {
        NumberRecord number = numbers.get(who.account(), Desk.id(asked));
        numbers.delete(who.account(), number.id());
        return shown(number);
    }
}
