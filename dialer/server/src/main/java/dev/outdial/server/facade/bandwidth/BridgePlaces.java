package dev.outdial.server.facade.bandwidth;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.BridgeRecord;
import dev.outdial.server.calls.BridgeService;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallService;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.SoundWish;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Place;
import dev.outdial.server.http.json.JsonText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code /bridges}: up to two calls that hear each other; the one goes on when the other ends. <b>Threading:</b> any. */
final class BridgePlaces {
    private static final String ONE = "/bridges/{id}";
    private static final int MOST_CALLS = 2;

    private final Frame frame;
    private final BridgeService bridges;
    private final CallService calls;

    BridgePlaces(Frame frame, BridgeService bridges, CallService calls) {
        this.frame = frame;
        this.bridges = bridges;
        this.calls = calls;
    }

    List<Place> places() {
        return List.of(
                frame.post("/bridges", this::create),
                frame.get("/bridges", this::list),
                frame.get(ONE, inquiry -> Answer.json(200, json(find(inquiry), inquiry))),
                frame.post(ONE, this::change),
                frame.post(ONE + "/audio", this::audio),
                frame.get(ONE + "/calls", this::callsOf));
    }

    private Answer create(Inquiry inquiry) throws IOException {
        Wishes wishes = inquiry.wishes();
        List<String> ids = callIds(wishes);
        boolean isHeard = wishes.flag("bridgeAudio", true);
        BridgeRecord made = bridges.create(inquiry.account(), "conference", ids, Optional.empty())
                .item();
        if (!isHeard) {
            BridgeRecord unused = bridges.hold(inquiry.account(), made.id(), true);
        }
        return inquiry.made("/bridges/" + Ids.of(Ids.BRIDGE, made.id()));
    }

    /** Ours. */
    private static List<String> callIds(Wishes wishes) {
        List<String> asked = wishes.texts("callIds");
        if (asked.size() > MOST_CALLS) {
            throw Refusal.forbidden("bridge-callIds-overflow", "Only two calls are allowed in a bridge");
        }
        return asked.stream()
                .map(id -> Ids.read(Ids.CALL, id)
                        .orElseThrow(() -> Refusal.forbidden("call-id-not-found", "Call Id not found. callId " + id)))
                .distinct()
                .toList();
    }

    private BridgeRecord find(Inquiry inquiry) {
        String asked = inquiry.askedId();
        return bridges.get(
                inquiry.account(),
                Ids.read(Ids.BRIDGE, asked)
                        .orElseThrow(() ->
                                Refusal.notFound("bridge-not-found", "The bridge " + asked + " could not be found")));
    }

    private Answer list(Inquiry inquiry) {
        List<BridgeRecord> found = Paging.read(inquiry.asked())
                .of(cursor -> bridges.list(inquiry.account(), new PageQuery(cursor, Paging.AT_ONCE)), one -> true);
        return Answer.json(200, Paging.array(found, one -> json(one, inquiry)));
    }

    private Answer change(Inquiry inquiry) throws IOException {
        Wishes wishes = inquiry.wishes();
        BridgeRecord bridge = find(inquiry);
        if (state(bridge, calls(bridge)).equals("completed")) {
            throw Refusal.invalid(
                    "bridge-invalid-state",
                    "Unable to update bridge " + inquiry.askedId() + ". Invalid bridge state completed");
        }
        if (wishes.has("callIds")) {
            List<String> wanted = callIds(wishes);
            for (String id : bridge.callIds()) {
                if (!wanted.contains(id)) bridges.remove(bridge.account(), bridge.id(), id);
            }
            for (String id : wanted) {
                if (!bridge.callIds().contains(id)) bridges.add(bridge.account(), bridge.id(), id);
            }
            if (wanted.isEmpty()) {
                bridges.delete(bridge.account(), bridge.id());
                return Inquiry.done();
            }
        }
        if (wishes.has("bridgeAudio")) {
            BridgeRecord unused = bridges.hold(bridge.account(), bridge.id(), !wishes.flag("bridgeAudio", true));
        }
        return Inquiry.done();
    }

    private Answer audio(Inquiry inquiry) throws IOException {
        Optional<SoundWish> wish = AudioRequests.read(inquiry.wishes(), inquiry.base());
        BridgeRecord bridge = find(inquiry);
        if (wish.isEmpty()) {
            bridges.stopMedia(bridge.account(), bridge.id());
            return Inquiry.done();
        }
        for (CallRecord call : calls(bridge)) {
            if (call.status() == CallStatus.PROGRESSING) {
                String unused = calls.sound(call.account(), call.id(), wish.get());
            }
        }
        return Inquiry.done();
    }

    private Answer callsOf(Inquiry inquiry) {
        return Answer.json(200, Paging.array(calls(find(inquiry)), call -> CallView.json(call, inquiry.base())));
    }

    private List<CallRecord> calls(BridgeRecord bridge) {
        List<CallRecord> found = new ArrayList<>();
        for (String id : bridge.callIds()) {
            try {
                found.add(calls.get(bridge.account(), id));
            } catch (ServiceException gone) {
                if (gone.kind() != ServiceException.Kind.NOT_FOUND) throw gone;
            }
        }
        return found;
    }

    private static String state(BridgeRecord bridge, List<CallRecord> calls) {
        boolean isOver = calls.stream().allMatch(call -> call.status() == CallStatus.HANGUP);
        if (bridge.state().equals("terminated") || isOver && !bridge.callIds().isEmpty()) return "completed";
        if (bridge.state().equals("held")) return "hold";
        return calls.size() == MOST_CALLS ? "active" : "created";
    }

    private ObjectNode json(BridgeRecord bridge, Inquiry inquiry) {
        String id = Ids.of(Ids.BRIDGE, bridge.id());
        ObjectNode json = JsonText.MAPPER
                .createObjectNode()
                .put("id", id)
                .put("state", state(bridge, calls(bridge)))
                .put("bridgeAudio", !bridge.state().equals("held"))
                .put("calls", inquiry.base() + "/bridges/" + id + "/calls")
                .put("createdTime", CallViews.time(bridge.created()));
        ArrayNode ids = json.putArray("callIds");
        bridge.callIds().forEach(call -> ids.add(Ids.of(Ids.CALL, call)));
        return json;
    }
}
