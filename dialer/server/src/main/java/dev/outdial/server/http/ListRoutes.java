package dev.outdial.server.http;

import static dev.outdial.server.http.Routes.API;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.AccountRecord;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.calls.DoNotCallRecord;
import dev.outdial.server.calls.DoNotCallService;
import dev.outdial.server.calls.FlowRecord;
import dev.outdial.server.calls.NewAccount;
import dev.outdial.server.calls.NewFlow;
import dev.outdial.server.calls.NewNumber;
import dev.outdial.server.calls.NumberRecord;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.calls.Services;
import dev.outdial.server.http.json.Fields;
import dev.outdial.server.http.json.JsonText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is only kept: flows, numbers, accounts, and the numbers that are not called. */
final class ListRoutes {
    private static final String DO_NOT_CALL = API + "/donotcall";
    private static final String MUST_BE_E164 = "must be a number with its country such as +15551234567";

    private final Services services;
    private final PlanReader plans;

    ListRoutes(Services services, PlanReader plans) {
        this.services = services;
        this.plans = plans;
    }

    List<Route> routes() {
        var routes = new ArrayList<Route>();
        var flows = services.flows();
        routes.addAll(new Keeping<FlowRecord, NewFlow>(API + "/flows", this::flow, ListRoutes::json)
                .all(Scope.READ, Scope.CALL, flows::create, flows::list, flows::get, flows::replace, flows::delete));
        var numbers = services.numbers();
        routes.addAll(new Keeping<NumberRecord, NewNumber>(API + "/numbers", ListRoutes::number, ListRoutes::json)
                .all(
                        Scope.READ,
                        Scope.ADMIN,
                        numbers::create,
                        numbers::list,
                        numbers::get,
                        numbers::replace,
                        numbers::delete));
        var accounts = services.accounts();
        routes.addAll(new Keeping<AccountRecord, NewAccount>(API + "/accounts", ListRoutes::account, ListRoutes::json)
                .all(
                        Scope.ADMIN,
                        Scope.ADMIN,
                        accounts::create,
                        accounts::list,
                        accounts::get,
                        accounts::replace,
                        accounts::delete));
        routes.addAll(doNotCall(services.doNotCall()));
        return routes;
    }

    private NewFlow flow(Fields fields) {
        var actions = plans.actions(fields);
        return new NewFlow(
                fields.required("name", fields.line("name", 100), ""),
                fields.words("detail", 1000).orElse(""),
                fields.required("actions", actions, "[]"),
                PlanReader.flowId(fields, "on_complete_flow_id").orElse(""));
    }

    private static ObjectNode json(FlowRecord flow) {
        ObjectNode json = JsonText.MAPPER
                .createObjectNode()
                .put("id", flow.id())
                .put("account", flow.account())
                .put("name", flow.name())
                .put("detail", flow.detail());
        json.set("actions", CallViews.stored(flow.actions()));
        return json.put("on_complete_flow_id", flow.onCompleteFlowId())
                .put("t_create", CallViews.time(flow.created()))
                .put("t_update", CallViews.time(flow.updated()));
    }

    private static NewNumber number(Fields fields) {
        return new NewNumber(
                fields.required("e164", fields.parsed("e164", 40, Targets::e164, MUST_BE_E164), ""),
                id(fields, "trunk_id", "is not the id of a trunk"),
                id(fields, "flow_id", "is not the id of a flow"));
    }

    private static String id(Fields fields, String name, String message) {
        return fields.parsed(name, 40, text -> Exchange.isId(text) ? Optional.of(text) : Optional.empty(), message)
                .orElse("");
    }

    private static ObjectNode json(NumberRecord number) {
        return JsonText.MAPPER
                .createObjectNode()
                .put("id", number.id())
                .put("account", number.account())
                .put("e164", number.e164())
                .put("trunk_id", number.trunkId())
                .put("flow_id", number.flowId())
                .put("t_create", CallViews.time(number.created()))
                .put("t_update", CallViews.time(number.updated()));
    }

    private static NewAccount account(Fields fields) {
        return new NewAccount(
                fields.required("name", fields.line("name", 100), ""),
                fields.flag("enabled", true),
                fields.flag("verified", true),
                fields.flag("telephony", true));
    }

    private static ObjectNode json(AccountRecord account) {
        return JsonText.MAPPER
                .createObjectNode()
                .put("id", account.id())
                .put("name", account.name())
                .put("enabled", account.enabled())
                .put("verified", account.verified())
                .put("telephony", account.telephony())
                .put("t_create", CallViews.time(account.created()))
                .put("t_update", CallViews.time(account.updated()));
    }

    private static List<Route> doNotCall(DoNotCallService list) {
        String one = DO_NOT_CALL + "/{number}";
        return List.of(
                Route.create(DO_NOT_CALL, Scope.CALL, exchange -> added(list, exchange)),
                Route.get(
                        DO_NOT_CALL,
                        Scope.READ,
                        exchange -> Reply.page(
                                list.list(exchange.account(), exchange.query().page()), ListRoutes::json)),
                Route.get(one, Scope.READ, exchange -> Reply.ok(json(list.get(exchange.account(), number(exchange))))),
                Route.delete(one, Scope.CALL, exchange -> {
                    list.remove(exchange.account(), number(exchange));
                    return new Reply.Nothing();
                }));
    }

    private static Reply added(DoNotCallService list, Exchange exchange) throws IOException, ProblemException {
        Fields body = exchange.body();
        String number = body.required("number", body.parsed("number", 40, Targets::e164, MUST_BE_E164), "");
        String reason = body.line("reason", 200).orElse("");
        body.done();
        body.problems().throwIfAny();
        var added = list.add(exchange.account(), number, reason, exchange.requestKey());
        return Reply.created(
                json(added.item()), added.replay(), Map.of("Location", DO_NOT_CALL + "/%2B" + number.substring(1)));
    }

    private static String number(Exchange exchange) {
        return Targets.e164(exchange.path("number")).orElseThrow(Exchange::notFound);
    }

    private static ObjectNode json(DoNotCallRecord entry) {
        return JsonText.MAPPER
                .createObjectNode()
                .put("number", entry.e164())
                .put("reason", entry.reason())
                .put("t_create", CallViews.time(entry.created()));
    }
}
