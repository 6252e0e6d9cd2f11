package dev.outdial.server.facade.voipbin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.calls.CallPlan;
import dev.outdial.server.calls.CallQuery;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallService;
import dev.outdial.server.calls.FlowRecord;
import dev.outdial.server.calls.FlowService;
import dev.outdial.server.calls.NewFlow;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.ServiceException.Kind;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Asked;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Keeps flows. <b>Threading:</b> any. */
final class FlowPlaces {
    private static final String FLOW = "FLOW";
    private static final int WORD = 8;

    private final FlowService flows;
    private final CallService calls;
    private final Views views;

    FlowPlaces(FlowService flows, CallService calls, Views views) {
        this.flows = flows;
        this.calls = calls;
        this.views = views;
    }

    void on(Desk desk) {
        desk.make("/flows", Scope.CALL, FLOW, this::create)
                .get("/flows", FLOW, this::list)
                .get("/flows/{id}", FLOW, (who, asked) -> Answer.json(200, views.flow(find(who, Desk.id(asked)))))
                .change("PUT", "/flows/{id}", Scope.CALL, FLOW, this::replace)
                .change("DELETE", "/flows/{id}", Scope.CALL, FLOW, this::delete);
    }

    private Answer create(Who who, Asked asked) throws IOException {
        NewFlow wanted = read(Desk.body(asked));
        FlowRecord made = named(
                wanted,
                flow -> flows.create(who.account(), flow, Optional.empty()).item());
        return Answer.json(200, views.flow(made));
    }

    private Answer replace(Who who, Asked asked) throws IOException {
        String id = Desk.id(asked);
        NewFlow wanted = read(Desk.body(asked));
        return Answer.json(200, views.flow(named(wanted, flow -> flows.replace(who.account(), id, flow))));
    }

    private static NewFlow read(JsonNode body) {
        return new NewFlow(
                FlowNames.read(body.path("name").asText("")),
                body.path("detail").asText(""),
                Actions.read(body.path("actions")),
                Ids.known(body.path("on_complete_flow_id").asText("")).orElse(""));
    }

    /** Keeps it under its name, or under one made of it where another has that. */
    private static FlowRecord named(NewFlow wanted, Function<NewFlow, FlowRecord> keep) {
        try {
            if (!wanted.name().isEmpty()) return keep.apply(wanted);
        } catch (ServiceException trouble) {
            if (trouble.kind() != Kind.CONFLICT || !trouble.code().equals("taken")) throw trouble;
        }
        String word = UUID.randomUUID().toString().substring(0, WORD);
        return keep.apply(new NewFlow(
                FlowNames.another(wanted.name(), word), wanted.detail(), wanted.actions(), wanted.onCompleteFlowId()));
    }

    /** One that is kept, or that a call brought along. */
    private FlowRecord find(Who who, String id) {
        try {
            return flows.get(who.account(), id);
        } catch (ServiceException trouble) {
            if (trouble.kind() != Kind.NOT_FOUND) throw trouble;
            return brought(who, id).orElseThrow(() -> trouble);
        }
    }

    private Optional<FlowRecord> brought(Who who, String id) {
        var tagged = new CallQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(VoipbinFacade.NAME),
                Optional.empty(),
                Optional.of(id),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1);
        List<CallRecord> found = calls.list(who.account(), tagged).items();
        return found.stream()
                .filter(call -> call.plan() instanceof CallPlan.InlineFlow)
                .map(call -> of(id, call, (CallPlan.InlineFlow) call.plan()))
                .findFirst();
    }

    private static FlowRecord of(String id, CallRecord call, CallPlan.InlineFlow plan) {
        return new FlowRecord(id, call.account(), "tmp", "", plan.actions(), "", call.created(), call.created());
    }

    private Answer list(Who who, Asked asked) {
        return Pages.answer(
                Pages.Wanted.of(asked),
                before -> (cursor, limit) -> flows.list(who.account(), new PageQuery(cursor, limit)),
                FlowRecord::created,
                views::flow);
    }

    private Answer delete(Who who, Asked asked) {
        FlowRecord flow = flows.get(who.account(), Desk.id(asked));
        flows.delete(who.account(), flow.id());
        return Answer.json(200, views.flow(flow));
    }
}
