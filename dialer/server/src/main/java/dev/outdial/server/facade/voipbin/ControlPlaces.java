package dev.outdial.server.facade.voipbin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallService;
import dev.outdial.server.calls.CallService.RecordingWish;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Asked;
import dev.outdial.server.facade.voipbin.Refusal.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What is done with a call that is up, beside its flow. <b>Threading:</b> any. */
final class ControlPlaces {
    private static final String CALL = "CALL";
    private static final String LANGUAGE = "en-US";
    private static final String EVERY_KEY = "0123456789*#ABCD";
    private static final int MOST_SECONDS = 24 * 3600;
    private static final int MOST_TEXT = 10_000;

    private final CallService calls;
    private final CallLooks looks;
    private final Settings settings;

    ControlPlaces(CallService calls, CallLooks looks, Settings settings) {
        this.calls = calls;
        this.looks = looks;
        this.settings = settings;
    }

    /** One thing to do. */
    @FunctionalInterface
    private interface Control {
        void act(String account, String id, JsonNode body);
    }

    void on(Desk desk) {
        both(desk, "hold", (account, id, on) -> calls.hold(account, id, on, settings.holdMusic()));
        both(desk, "moh", this::music);
        both(desk, "silence", (account, id, on) -> calls.mute(account, id, "out", on));
        desk.change(
                "POST",
                "/calls/{id}/mute",
                Scope.CALL,
                CALL,
                control((account, id, body) -> calls.mute(account, id, direction(body), true)));
        desk.change(
                "DELETE",
                "/calls/{id}/mute",
                Scope.CALL,
                CALL,
                control((account, id, body) -> calls.mute(account, id, direction(body), false)));
        desk.change("POST", "/calls/{id}/talk", Scope.CALL, CALL, control(this::talk));
        for (String join : List.of("_", "-")) {
            desk.change("POST", "/calls/{id}/recording" + join + "start", Scope.CALL, CALL, this::recordingStart)
                    .change("POST", "/calls/{id}/recording" + join + "stop", Scope.CALL, CALL, this::recordingStop);
        }
    }

    /** Something that is switched on and off. */
    @FunctionalInterface
    private interface Switch {
        void set(String account, String id, boolean on);
    }

    private static void both(Desk desk, String word, Switch one) {
        String path = "/calls/{id}/" + word;
        desk.change("POST", path, Scope.CALL, CALL, control((account, id, body) -> one.set(account, id, true)));
        desk.change("DELETE", path, Scope.CALL, CALL, control((account, id, body) -> one.set(account, id, false)));
    }

    private void music(String account, String id, boolean on) {
        if (!on) {
            calls.stopMedia(account, id);
            return;
        }
        String url = settings.holdMusic()
                .orElseThrow(() -> new Refusal(
                        Status.FAILED_PRECONDITION,
                        "RESOURCE_NOT_FOUND",
                        "there is no music: facades.voipbin.hold_music is not set"));
        calls.play(account, id, List.of(url), true, 0);
    }

    private static Desk.Deed control(Control control) {
        return (who, asked) -> {
            control.act(who.account(), Desk.id(asked), Desk.bodyOrNothing(asked));
            return Answer.empty(200);
        };
    }

    private static String direction(JsonNode body) {
        String direction = body.path("direction").asText("");
        return switch (direction) {
            case "", "both" -> "both";
            case "in", "out" -> direction;
            default -> throw Refusal.invalid("direction must be both, in or out");
        };
    }

    private void talk(String account, String id, JsonNode body) {
        String text = body.path("text").asText("");
        if (text.isBlank()) throw Refusal.invalid("text is required");
        if (text.length() > MOST_TEXT) throw Refusal.invalid("text is longer than " + MOST_TEXT + " characters");
        String language = body.path("language").asText("");
        calls.say(
                account,
                id,
                text,
                language.isBlank() ? LANGUAGE : language,
                body.path("voice_id").asText(""),
                1);
    }

    private Answer recordingStart(Who who, Asked asked) throws IOException {
        String id = Desk.id(asked);
        JsonNode body = Desk.bodyOrNothing(asked);
        CallRecord call = calls.get(who.account(), id);
        boolean isGoingOn = call.recordingIds().stream().anyMatch(one -> looks.isGoingOn(who.account(), one));
        if (isGoingOn) {
            throw new Refusal(
                    Status.FAILED_PRECONDITION, "RECORDING_ALREADY_ACTIVE", "the call is being recorded already");
        }
        String format = body.path("format").asText("wav");
        if (!format.isEmpty() && !format.equals("wav")) throw Refusal.invalid("format must be wav");
        String recording = calls.record(
                who.account(),
                id,
                new RecordingWish(seconds(body, "end_of_silence"), keys(body), seconds(body, "duration"), false));
        return Answer.json(200, looks.recording(calls.get(who.account(), id), recording));
    }

    private static Duration seconds(JsonNode body, String name) {
        long seconds = body.path(name).asLong(0);
        if (seconds < 0 || seconds > MOST_SECONDS) throw Refusal.invalid(name + " must be seconds, a day at most");
        return Duration.ofSeconds(seconds);
    }

    private static String keys(JsonNode body) {
        String keys = body.path("end_of_key").asText("");
        return switch (keys) {
            case "", "none" -> "";
            case "any" -> EVERY_KEY;
            default -> keys;
        };
    }

    private Answer recordingStop(Who who, Asked asked) {
        String id = Desk.id(asked);
        calls.stopRecording(who.account(), id);
        return Answer.json(200, looks.whole(calls.get(who.account(), id)));
    }
}
