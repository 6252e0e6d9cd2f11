package dev.outdial.server.facade.cequens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.calls.ServiceException.Field;
import dev.outdial.server.facade.Answer;
import java.time.Instant;
import java.util.List;

/**
 * The form that every answer has.
 *
 * @param requestId ours
 * @param body of the request, whose clientRequestId comes back; any node
 */
record Envelope(String requestId, JsonNode body, Instant now) {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int REFUSED = -1;

    Answer done(String message, ObjectNode data) {
        ObjectNode envelope = envelope(0, message);
        envelope.set("data", data);
        envelope.putNull("error");
        return Answer.json(200, envelope);
    }

    Answer refused(int status, String description) {
        return refused(status, description, List.of());
    }

    /** @param fields what is wrong with each; may be empty */
    Answer refused(int status, String description, List<Field> fields) {
        ObjectNode envelope = envelope(REFUSED, description);
        envelope.putNull("data");
        var internal = envelope.putObject("error")
                .put("status", status)
                .put("description", description)
                .putArray("internalErrors");
        for (Field field : fields) {
            internal.addObject().put("code", field.field()).put("details", field.field() + " " + field.message());
        }
        return Answer.json(status, envelope);
    }

    private ObjectNode envelope(int code, String message) {
        ObjectNode envelope = NODES.objectNode()
                .put("replyCode", code)
                .put("replyMessage", message)
                .put("requestId", requestId);
        JsonNode own = body.path("clientRequestId");
        if (own.isTextual() || own.isNumber()) envelope.set("clientRequestId", own);
        else envelope.putNull("clientRequestId");
        return envelope.put("requestTime", CallViews.time(now));
    }
}
