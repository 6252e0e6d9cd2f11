package dev.outdial.server.facade.voipbin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Asked;
import dev.outdial.server.facade.Place;
import dev.outdial.server.facade.voipbin.Refusal.Status;
import dev.outdial.server.http.json.JsonText;
import dev.outdial.server.http.json.JsonText.BadJsonException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Where requests come in: who asks is known, and what goes wrong is told, before and after a deed. One thread while it is filled. */
final class Desk {
    static final String BASE = "/v1.0";
    private static final JsonNode NOTHING = JsonText.MAPPER.createObjectNode();

    private final Gate gate;
    private final List<Place> places = new ArrayList<>();

    Desk(Gate gate) {
        this.gate = gate;
    }

    /** What is done for somebody. */
    @FunctionalInterface
    interface Deed {
        Answer answer(Who who, Asked asked) throws IOException;
    }

    /** What is done for anybody. */
    @FunctionalInterface
    interface OpenDeed {
        Answer answer(Asked asked) throws IOException;
    }

    List<Place> places() {
        return List.copyOf(places);
    }

    /** @param what the upper-case word for what it is about, as CALL */
    Desk get(String path, String what, Deed deed) {
        return add(Place.of("GET", BASE + path, handler(Scope.READ, what, deed)));
    }

    /** Makes something new. */
    Desk make(String path, Scope needed, String what, Deed deed) {
        return add(Place.creating("POST", BASE + path, handler(needed, what, deed)));
    }

    /** Changes or ends something. */
    Desk change(String method, String path, Scope needed, String what, Deed deed) {
        return add(Place.of(method, BASE + path, handler(needed, what, deed)));
    }

    /** Says that it is not served. */
    Desk unserved(String method, String path, String sentence) {
        return change(method, path, Scope.READ, "RESOURCE", (who, asked) -> {
            throw new Refusal(Status.UNIMPLEMENTED, "UNIMPLEMENTED", sentence);
        });
    }

    /** Without credentials. */
    Desk open(String method, String path, OpenDeed deed) {
        return add(Place.of(method, path, asked -> guarded(asked, "RESOURCE", deed)));
    }

    private Desk add(Place place) {
        places.add(place);
        return this;
    }

    private Place.Handler handler(Scope needed, String what, Deed deed) {
        return asked -> guarded(asked, what, same -> deed.answer(gate.admit(same, needed), same));
    }

    private static Answer guarded(Asked asked, String what, OpenDeed deed) throws IOException {
        try {
            return deed.answer(asked);
        } catch (Refusal refusal) {
            return refusal.answer(asked.requestId());
        } catch (Gate.TooManyException tooMany) {
            return Refusal.later(tooMany.retryAfterSeconds, asked.requestId());
        } catch (ServiceException trouble) {
            return Refusal.of(trouble, what).answer(asked.requestId());
        }
    }

    /** The id in the path. */
    static String id(Asked asked) {
        String id = asked.name("id");
        if (!Ids.is(id)) throw new Refusal(Status.INVALID_ARGUMENT, "INVALID_ID", "the id in the path is no UUID");
        return id.toLowerCase(java.util.Locale.ROOT);
    }

    /** The body, which is an object. */
    static JsonNode body(Asked asked) throws IOException {
        return body(asked.body().bytes());
    }

    /** The same, which may be missing. */
    static JsonNode bodyOrNothing(Asked asked) throws IOException {
        byte[] bytes = asked.body().bytes();
        return bytes.length == 0 ? NOTHING : body(bytes);
    }

    private static JsonNode body(byte[] bytes) {
        try {
            JsonNode body = JsonText.parse(bytes);
            if (body.isObject()) return body;
            throw new Refusal(Status.INVALID_ARGUMENT, "INVALID_JSON_BODY", "the body must be a JSON object");
        } catch (BadJsonException bad) {
            throw new Refusal(Status.INVALID_ARGUMENT, "INVALID_JSON_BODY", String.valueOf(bad.getMessage()));
        }
    }
}
