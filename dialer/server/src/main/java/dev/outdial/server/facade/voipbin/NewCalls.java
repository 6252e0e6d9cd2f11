package dev.outdial.server.facade.voipbin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.calls.Address;
import dev.outdial.server.calls.CallPlan;
import dev.outdial.server.calls.FlowService;
import dev.outdial.server.calls.NewCall;
import dev.outdial.server.calls.NumberRecord;
import dev.outdial.server.calls.NumberService;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.Schedule;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.facade.voipbin.Refusal.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What is wanted by a request for calls or a group of them, checked as far as VoIPBin's own rules go. <b>Threading:</b> any. */
final class NewCalls {
    private static final int MOST_VARIABLES = 100;
    private static final int MOST_VALUE_BYTES = 32 * 1024;
    private static final int MOST_VARIABLE_BYTES = 64 * 1024;
    private static final int MOST_DESTINATIONS = 100;
    private static final int PAGE = 1000;
    private static final String RESERVED = "voipbin.";

    private final FlowService flows;
    private final NumberService numbers;
    private final Settings settings;

    NewCalls(FlowService flows, NumberService numbers, Settings settings) {
        this.flows = flows;
        this.numbers = numbers;
        this.settings = settings;
    }

    /** @param flowId that of the stored flow, or a new one for actions of its own */
    record Wish(Address source, List<JsonNode> destinations, CallPlan plan, String flowId, NewCall template) {
        /** One of its calls. */
        NewCall to(Address destination) {
            return new NewCall(
                    template.origin(),
                    template.from(),
                    destination,
                    template.trunk(),
                    template.plan(),
                    template.ringTimeout(),
                    template.maxDuration(),
                    template.schedule(),
                    template.callbacks(),
                    template.tag(),
                    template.metadata(),
                    template.variables(),
                    template.headers(),
                    template.anonymous(),
                    template.record(),
                    template.detectMachine(),
                    template.groupcallId(),
                    template.masterCallId());
        }
    }

    Wish read(Who who, JsonNode body) {
        Address source = Addresses.read(body.path("source"), "source");
        List<JsonNode> destinations = destinations(body.path("destinations"));
        boolean anonymous = anonymous(body.path("anonymous"));
        Map<String, String> variables = variables(body.path("variables"));
        CallPlan plan = plan(who, body);
        if (source.type() == Address.Type.TEL && !owns(who, source.target())) {
            throw Refusal.invalid("source.target is not a number of yours: see GET /numbers");
        }
        if (settings.balance().filter(left -> left.signum() <= 0).isPresent()) {
            throw new Refusal(Status.PAYMENT_REQUIRED, "INSUFFICIENT_BALANCE", "the balance is not enough for a call");
        }
        String flowId = plan instanceof CallPlan.StoredFlow(String stored)
                ? stored
                : UUID.randomUUID().toString();
        var template = new NewCall(
                VoipbinFacade.NAME,
                Optional.of(source),
                source,
                Optional.empty(),
                plan,
                settings.ringTime(),
                settings.longest(),
                Schedule.NOW,
                settings.callbacks(),
                flowId,
                "",
                variables,
                Map.of(),
                anonymous,
                false,
                false,
                Optional.empty(),
                Optional.empty());
        return new Wish(source, destinations, plan, flowId, template);
    }

    private static List<JsonNode> destinations(JsonNode node) {
        if (!node.isArray() || node.isEmpty()) throw Refusal.invalid("destinations must be an array with one at least");
        if (node.size() > MOST_DESTINATIONS) {
            throw Refusal.invalid("destinations are more than " + MOST_DESTINATIONS);
        }
        var all = new ArrayList<JsonNode>();
        node.forEach(all::add);
        return all;
    }

    private static boolean anonymous(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) return false;
        if (node.isBoolean()) return node.booleanValue();
        return switch (node.asText("").toLowerCase(Locale.ROOT)) {
            case "yes" -> true;
            case "", "no", "auto" -> false;
            default -> throw Refusal.invalid("anonymous must be yes, no or auto");
        };
    }

    private static Map<String, String> variables(JsonNode node) {
        var variables = new LinkedHashMap<String, String>();
        if (node.isMissingNode() || node.isNull()) return variables;
        if (!node.isObject()) throw Refusal.invalid("variables must be an object");
        if (node.size() > MOST_VARIABLES) throw Refusal.invalid("variables are more than " + MOST_VARIABLES);
        int bytes = 0;
        for (Map.Entry<String, JsonNode> one : node.properties()) {
            String value = one.getValue().isValueNode()
                    ? one.getValue().asText("")
                    : one.getValue().toString();
            int length = value.getBytes(StandardCharsets.UTF_8).length;
            bytes += length + one.getKey().getBytes(StandardCharsets.UTF_8).length;
            if (length > MOST_VALUE_BYTES) throw Refusal.invalid("a variable is longer than 32 KB");
            if (!one.getKey().startsWith(RESERVED)) variables.put(one.getKey(), value);
        }
        if (bytes > MOST_VARIABLE_BYTES) throw Refusal.invalid("variables are longer than 64 KB in all");
        return variables;
    }

    /** The flow counts where there are both. */
    private CallPlan plan(Who who, JsonNode body) {
        String flowId = body.path("flow_id").asText("");
        if (!flowId.isEmpty() && !flowId.equals(Ids.NONE)) return new CallPlan.StoredFlow(stored(who, flowId));
        if (body.path("actions").isMissingNode()) throw Refusal.invalid("either flow_id or actions are needed");
        return new CallPlan.InlineFlow(Actions.read(body.path("actions")));
    }

    private String stored(Who who, String flowId) {
        try {
            if (Ids.is(flowId))
                return flows.get(who.account(), flowId.toLowerCase(Locale.ROOT)).id();
        } catch (ServiceException trouble) {
            if (trouble.kind() != ServiceException.Kind.NOT_FOUND) throw trouble;
        }
        throw new Refusal(Status.NOT_FOUND, "FLOW_NOT_FOUND", "there is no such flow");
    }

    private boolean owns(Who who, String number) {
        Optional<String> cursor = Optional.empty();
        do {
            Page<NumberRecord> page = numbers.list(who.account(), new PageQuery(cursor, PAGE));
            if (page.items().stream().anyMatch(one -> one.e164().equals(number))) return true;
            cursor = page.next();
        } while (cursor.isPresent());
        return false;
    }
}
