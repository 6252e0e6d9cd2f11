package dev.outdial.server.http;

import static dev.outdial.server.http.Routes.API;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.BridgeRecord;
import dev.outdial.server.calls.BridgeService;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.calls.GroupcallRecord;
import dev.outdial.server.calls.GroupcallService;
import dev.outdial.server.calls.NewGroupcall;
import dev.outdial.server.calls.NewGroupcall.AnswerMethod;
import dev.outdial.server.calls.NewGroupcall.RingMethod;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.http.json.Fields;
import dev.outdial.server.http.json.JsonText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Calls that belong together: groups of which one is wanted, and bridges of those that are up. */
final class GroupRoutes {
    private static final String GROUPS = API + "/groupcalls";
    private static final String BRIDGES = API + "/bridges";
    private static final String BRIDGE = BRIDGES + "/{id}";
    private static final int MOST_CALLS = 100;

    private final GroupcallService groups;
    private final BridgeService bridges;
    private final NewCalls calls;

    GroupRoutes(GroupcallService groups, BridgeService bridges, NewCalls calls) {
        this.groups = groups;
        this.bridges = bridges;
        this.calls = calls;
    }

    private record NewBridge(String kind, List<String> callIds) {}

    List<Route> routes() {
        var groupcalls = new Keeping<GroupcallRecord, NewGroupcall>(GROUPS, this::group, GroupRoutes::json);
        var kept = new Keeping<BridgeRecord, NewBridge>(BRIDGES, GroupRoutes::bridge, GroupRoutes::json);
        return List.of(
                groupcalls.create(Scope.CALL, groups::create),
                groupcalls.list(Scope.READ, groups::list),
                groupcalls.get(Scope.READ, groups::get),
                groupcalls.delete(Scope.CALL, groups::delete),
                Route.post(GROUPS + "/{id}/hangup", Scope.CALL, exchange -> {
                    Fields body = exchange.body();
                    body.done();
                    body.problems().throwIfAny();
                    return Reply.ok(json(groups.hangUp(exchange.account(), exchange.id())));
                }),
                kept.create(
                        Scope.CALL,
                        (account, bridge, key) -> bridges.create(account, bridge.kind(), bridge.callIds(), key)),
                kept.list(Scope.READ, bridges::list),
                kept.get(Scope.READ, bridges::get),
                kept.delete(Scope.CALL, bridges::delete),
                Route.put(BRIDGE + "/calls/{call_id}", Scope.CALL, exchange -> {
                    Fields body = exchange.body();
                    body.done();
                    body.problems().throwIfAny();
                    return Reply.ok(json(bridges.add(exchange.account(), exchange.id(), exchange.id("call_id"))));
                }),
                Route.delete(
                        BRIDGE + "/calls/{call_id}",
                        Scope.CALL,
                        exchange -> Reply.ok(
                                json(bridges.remove(exchange.account(), exchange.id(), exchange.id("call_id"))))),
                Route.post(BRIDGE + "/audio", Scope.CALL, this::audio),
                Route.delete(BRIDGE + "/audio", Scope.CALL, exchange -> {
                    bridges.stopMedia(exchange.account(), exchange.id());
                    return new Reply.Nothing();
                }));
    }

    private NewGroupcall group(Fields fields) {
        var wanted = calls.read(fields);
        if (wanted.size() > MOST_CALLS) fields.wrong("to", "has more than " + MOST_CALLS + " items");
        String ring = fields.choice("ring_method", words(RingMethod.values()), word(RingMethod.RING_ALL));
        String answer = fields.choice("answer_method", words(AnswerMethod.values()), word(AnswerMethod.HANGUP_OTHERS));
        return new NewGroupcall(
                wanted,
                RingMethod.valueOf(ring.toUpperCase(Locale.ROOT)),
                AnswerMethod.valueOf(answer.toUpperCase(Locale.ROOT)),
                fields.line("tag", 256).orElse(""));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static List<String> words(Enum<?>[] values) {
        return List.of(values).stream().map(GroupRoutes::word).toList();
    }

    private static ObjectNode json(GroupcallRecord group) {
        ObjectNode json = JsonText.MAPPER
                .createObjectNode()
                .put("id", group.id())
                .put("account", group.account())
                .put("status", group.status())
                .put("ring_method", word(group.ringMethod()))
                .put("answer_method", word(group.answerMethod()))
                .put("answer_call_id", group.answerCallId());
        var ids = json.putArray("call_ids");
        group.callIds().forEach(ids::add);
        json.put("tag", group.tag()).put("t_create", CallViews.time(group.created()));
        json.set("t_end", CallViews.time(group.ended()));
        return json;
    }

    private static NewBridge bridge(Fields fields) {
        String kind = fields.choice("kind", List.of("connect", "conference"), "connect");
        var ids = new ArrayList<>(fields.lines("call_ids", MOST_CALLS, 40));
        for (int i = 0; i < ids.size(); i++)
            if (!Exchange.isId(ids.get(i))) fields.wrong("call_ids[" + i + "]", "is not the id of a call");
        if (!fields.has("call_ids")) fields.wrong("call_ids", "is required");
        else if (kind.equals("connect") && ids.size() != 2) fields.wrong("call_ids", "must be two for a connect");
        return new NewBridge(kind, ids);
    }

    private static ObjectNode json(BridgeRecord bridge) {
        ObjectNode json = JsonText.MAPPER
                .createObjectNode()
                .put("id", bridge.id())
                .put("account", bridge.account())
                .put("kind", bridge.kind())
                .put("state", bridge.state());
        var ids = json.putArray("call_ids");
        bridge.callIds().forEach(ids::add);
        return json.put("t_create", CallViews.time(bridge.created()));
    }

    /** What everybody in the bridge is to hear: either urls or text. */
    private Reply audio(Exchange exchange) throws IOException, ProblemException {
        Fields body = exchange.body();
        Runnable action;
        if (body.has("text")) {
            Speech speech = Speech.read(body);
            action = () -> bridges.say(
                    exchange.account(),
                    exchange.id(),
                    speech.text(),
                    speech.language(),
                    speech.voice(),
                    speech.times());
        } else {
            Sound sound = Sound.read(body);
            action =
                    () -> bridges.play(exchange.account(), exchange.id(), sound.urls(), sound.loop(), sound.volumeDb());
        }
        body.done();
        body.problems().throwIfAny();
        action.run();
        return new Reply.Nothing();
    }
}
