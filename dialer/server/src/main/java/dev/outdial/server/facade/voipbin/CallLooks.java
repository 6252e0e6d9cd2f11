package dev.outdial.server.facade.voipbin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.CallEventRecord;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallService;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.calls.RecordingService;
import dev.outdial.server.calls.ServiceException;
import java.util.List;

/** A call as it is shown, with what has to be looked up beside it. <b>Threading:</b> any. */
final class CallLooks {
    private final CallService calls;
    private final RecordingService recordings;
    private final Views views;

    CallLooks(CallService calls, RecordingService recordings, Views views) {
        this.calls = calls;
        this.recordings = recordings;
        this.views = views;
    }

    /** Just made. */
    ObjectNode asMade(CallRecord call) {
        return views.call(call);
    }

    /** One of many: nothing is looked up. */
    ObjectNode asListed(CallRecord call) {
        return views.call(call);
    }

    /** All of it. */
    ObjectNode whole(CallRecord call) {
        ObjectNode json = views.call(call);
        boolean isUp = call.status() == CallStatus.PROGRESSING;
        if (isUp) json.put("mute_direction", muted(calls.events(call.account(), call.id())));
        if (isUp && !call.recordingIds().isEmpty() && isGoingOn(call)) {
            json.put("recording_id", call.recordingIds().getLast());
        }
        return json;
    }

    /** All of it, and a recording that has just begun, which may not be stored yet. */
    ObjectNode recording(CallRecord call, String recordingId) {
        ObjectNode json = whole(call).put("recording_id", recordingId);
        if (!call.recordingIds().contains(recordingId))
            json.withArray("recording_ids").add(recordingId);
        return json;
    }

    private static String muted(List<CallEventRecord> events) {
        String direction = "";
        for (CallEventRecord event : events) {
            if (!event.type().equals("call.updated")) continue;
            JsonNode data = CallViews.stored(event.data());
            if (data.has("muted")) direction = data.path("muted").asText("");
            if (data.has("unmuted")) direction = "";
        }
        return direction;
    }

    private boolean isGoingOn(CallRecord call) {
        return isGoingOn(call.account(), call.recordingIds().getLast());
    }

    boolean isGoingOn(String account, String recordingId) {
        try {
            return !recordings.get(account, recordingId).status().equals("ended");
        } catch (ServiceException gone) {
            return false;
        }
    }
}
