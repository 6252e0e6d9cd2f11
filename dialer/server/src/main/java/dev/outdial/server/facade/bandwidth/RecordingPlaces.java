package dev.outdial.server.facade.bandwidth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallService;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.RecordingRecord;
import dev.outdial.server.calls.RecordingService;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Place;
import dev.outdial.server.http.json.JsonText;
import java.util.List;
import java.util.Optional;

/** {@code /recordings} and {@code /calls/{id}/recordings}: what was recorded. <b>Threading:</b> any. */
final class RecordingPlaces {
    /** What the name of a recording's file ends with; the rest is its id. */
    static final String FILE_TYPE = ".wav";

    private final Frame frame;
    private final CallService calls;
    private final RecordingService recordings;

    RecordingPlaces(Frame frame, CallService calls, RecordingService recordings) {
        this.frame = frame;
        this.calls = calls;
        this.recordings = recordings;
    }

    List<Place> places() {
        return List.of(
                frame.get("/calls/{id}/recordings", this::ofCall),
                frame.get("/recordings", inquiry -> list(inquiry, Optional.empty(), Paging.read(inquiry.asked()))),
                frame.get("/recordings/{id}", inquiry -> Answer.json(200, json(recording(inquiry), inquiry.base()))));
    }

    private Answer ofCall(Inquiry inquiry) {
        CallRecord call = calls.get(inquiry.account(), inquiry.callId());
        return list(inquiry, Optional.of(call.id()), new Paging(0, Paging.AT_ONCE, true));
    }

    private Answer list(Inquiry inquiry, Optional<String> callId, Paging paging) {
        List<RecordingRecord> found = paging.of(
                cursor -> recordings.list(inquiry.account(), callId, new PageQuery(cursor, Paging.AT_ONCE)),
                one -> true);
        return Answer.json(200, Paging.array(found, one -> json(one, inquiry.base())));
    }

    private RecordingRecord recording(Inquiry inquiry) {
        String id = Ids.read(Ids.RECORDING, inquiry.askedId())
                .orElseThrow(() -> Refusal.notFound(
                        "recording-not-found", "The recording " + inquiry.askedId() + " could not be found"));
        return recordings.get(inquiry.account(), id);
    }

    private static ObjectNode json(RecordingRecord recording, String base) {
        String id = Ids.of(Ids.RECORDING, recording.id());
        ObjectNode json =
                JsonText.MAPPER.createObjectNode().put("id", id).put("startTime", CallViews.time(recording.started()));
        recording.ended().ifPresent(time -> json.put("endTime", CallViews.time(time)));
        return json.put("call", base + "/calls/" + Ids.of(Ids.CALL, recording.callId()))
                .put("media", base + "/media/" + id + FILE_TYPE)
                .put("state", state(recording.status()));
    }

    private static String state(String status) {
        return switch (status) {
            case "ended" -> "complete";
            case "stopping" -> "saving";
            default -> "recording";
        };
    }
}
