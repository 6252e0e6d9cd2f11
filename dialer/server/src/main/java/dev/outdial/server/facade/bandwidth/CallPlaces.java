package dev.outdial.server.facade.bandwidth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.CallQuery;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallService;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.NewCall;
import dev.outdial.server.calls.SoundWish;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Place;
import dev.outdial.server.http.json.JsonText;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code /calls}: makes, lists, changes and ends calls, and what is heard and sent in them. <b>Threading:</b> any. */
final class CallPlaces {
    static final String ORIGIN = "bandwidth";
    private static final String CALL = "/calls/{id}";
    private static final Pattern DIGITS = Pattern.compile("[A-Da-d0-9#*,wW]{1,92}");
    private static final int DECLINE = 603;

    private final Frame frame;
    private final CallService calls;
    private final OwnNumbers numbers;

    CallPlaces(Frame frame, CallService calls, OwnNumbers numbers) {
        this.frame = frame;
        this.calls = calls;
        this.numbers = numbers;
    }

    List<Place> places() {
        return List.of(
                frame.calling("/calls", this::create),
                frame.get("/calls", this::list),
                frame.get(CALL, this::show),
                frame.post(CALL, this::change),
                frame.post(CALL + "/audio", this::audio),
                frame.post(CALL + "/dtmf", this::digits),
                frame.get(CALL + "/events", inquiry -> Answer.json(200, Paging.array(events(inquiry), one -> one))),
                frame.get(CALL + "/events/{event}", this::event),
                frame.get(CALL + "/transcriptions", this::transcriptions));
    }

    private CallRecord call(Inquiry inquiry) {
        return calls.get(inquiry.account(), inquiry.callId());
    }

    private Answer show(Inquiry inquiry) {
        CallRecord call = call(inquiry);
        ObjectNode json = CallView.json(call, inquiry.base());
        return Answer.json(200, isTransferring(call) ? json.put("state", "transferring") : json);
    }

    private Answer create(Inquiry inquiry) throws IOException {
        NewCall call = CallRequests.read(inquiry.wishes(), inquiry.base());
        numbers.check(inquiry.account(), call.from().orElseThrow().target());
        CallRecord made = calls.create(inquiry.account(), List.of(call), Optional.empty())
                .calls()
                .getFirst();
        return inquiry.made("/calls/" + Ids.of(Ids.CALL, made.id()));
    }

    private Answer list(Inquiry inquiry) {
        Paging paging = Paging.read(inquiry.asked());
        String bridge = inquiry.asked()
                .query("bridgeId")
                .map(id -> Ids.read(Ids.BRIDGE, id).orElse("none"))
                .orElse("");
        if (inquiry.asked().query("conferenceId").isPresent()) {
            return Answer.json(200, JsonText.MAPPER.createArrayNode());
        }
        List<CallRecord> found = paging.of(
                cursor -> calls.list(
                        inquiry.account(),
                        new CallQuery(
                                number(inquiry, "from"),
                                number(inquiry, "to"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(ORIGIN),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                cursor,
                                Paging.AT_ONCE)),
                call -> bridge.isEmpty() || call.bridgeId().equals(bridge));
        return Answer.json(200, Paging.array(found, call -> CallView.json(call, inquiry.base())));
    }

    /** A plus sign that was not encoded is a space by then. */
    private static Optional<String> number(Inquiry inquiry, String name) {
        return inquiry.asked()
                .query(name)
                .filter(text -> !text.isBlank())
                .map(text -> text.startsWith(" ") ? "+" + text.strip() : text);
    }

    private Answer change(Inquiry inquiry) throws IOException {
        Wishes wishes = inquiry.wishes();
        CallRecord call = call(inquiry);
        CallRequests.recordingFormat(wishes);
        String state = wishes.text("state").orElse("").toLowerCase(Locale.ROOT);
        if (state.isEmpty() && !wishes.has("recordingEnabled") && !wishes.has("recordingMaxDuration")) {
            throw Refusal.invalid("The call resource needs state or recordingEnabled");
        }
        if (!state.isEmpty() && call.status() == CallStatus.HANGUP) throw invalidState(call);
        switch (state) {
            case "" -> {}
            case "active" -> calls.answer(call.account(), call.id());
            case "rejected" -> calls.reject(call.account(), call.id(), DECLINE);
            case "completed" -> {
                CallRecord unused = calls.hangUp(call.account(), call.id(), "normal");
                return Inquiry.done();
            }
            case "transferring" -> {
                return transfer(inquiry, call, wishes);
            }
            default ->
                throw Refusal.invalid("The call resource property state must be one of the following values: "
                        + "active, rejected, completed, transferring");
        }
        if (wishes.has("recordingEnabled")) record(call, wishes);
        return Inquiry.done();
    }

    private Answer transfer(Inquiry inquiry, CallRecord call, Wishes wishes) {
        if (call.status() != CallStatus.PROGRESSING) throw invalidState(call);
        String third = calls.transfer(call.account(), call.id(), TransferRequests.read(wishes, call, inquiry.base()));
        return inquiry.made("/calls/" + Ids.of(Ids.CALL, third));
    }

    /** Whether the one that it is to talk with has not picked up yet. */
    private boolean isTransferring(CallRecord call) {
        if (call.status() != CallStatus.PROGRESSING || call.chainedCallIds().isEmpty()) return false;
        return switch (calls.get(call.account(), call.chainedCallIds().getLast())
                .status()) {
            case QUEUED, DIALING, RINGING -> true;
            case PROGRESSING, CANCELING, TERMINATING, HANGUP -> false;
        };
    }

    private static Refusal invalidState(CallRecord call) {
        return Refusal.forbidden(
                "call-invalid-state",
                "Unable to update call " + Ids.of(Ids.CALL, call.id()) + ". Invalid call state "
                        + CallView.state(call));
    }

    private void record(CallRecord call, Wishes wishes) {
        if (wishes.flag("recordingEnabled", false)) {
            int longest = wishes.integer("recordingMaxDuration", 1, 3600, 3600);
            String unused = calls.record(
                    call.account(),
                    call.id(),
                    new CallService.RecordingWish(Duration.ZERO, "", Duration.ofSeconds(longest), false));
        } else {
            calls.stopRecording(call.account(), call.id());
        }
    }

    private Answer audio(Inquiry inquiry) throws IOException {
        Optional<SoundWish> wish = AudioRequests.read(inquiry.wishes(), inquiry.base());
        String id = inquiry.callId();
        if (wish.isPresent()) {
            String unused = calls.sound(inquiry.account(), id, wish.get());
        } else if (!calls.stopMedia(inquiry.account(), id)) {
            throw Refusal.forbidden(
                    "call-audio-invalid-state",
                    "The audio for call " + inquiry.askedId()
                            + " could not be updated. The audio has already finished or does not exist.");
        }
        return Inquiry.done();
    }

    private Answer digits(Inquiry inquiry) throws IOException {
        String digits = inquiry.wishes().required("dtmfOut");
        if (!DIGITS.matcher(digits).matches()) {
            throw Refusal.invalid("The dtmf resource property dtmfOut must be 1 to 92 of 0-9, A-D, #, *, comma, w, W");
        }
        calls.sendDigits(inquiry.account(), inquiry.callId(), digits, Duration.ZERO, Duration.ZERO);
        return Inquiry.done();
    }

    /** Nothing is transcribed here. */
    private Answer transcriptions(Inquiry inquiry) {
        CallRecord unused = call(inquiry);
        return Answer.json(200, JsonText.MAPPER.createArrayNode());
    }

    private List<ObjectNode> events(Inquiry inquiry) {
        CallRecord call = call(inquiry);
        return EventList.of(calls.events(call.account(), call.id()), call);
    }

    private Answer event(Inquiry inquiry) {
        String wanted = inquiry.asked().name("event");
        return events(inquiry).stream()
                .filter(event -> event.path("id").asText().equals(wanted))
                .findFirst()
                .map(event -> Answer.json(200, event))
                .orElseThrow(() ->
                        Refusal.notFound("call-event-not-found", "The call event " + wanted + " could not be found"));
    }
}
