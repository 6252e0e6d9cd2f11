package dev.outdial.server.http;

import static dev.outdial.server.http.Routes.API;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.Address;
import dev.outdial.server.calls.CallService;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.calls.TransferWish;
import dev.outdial.server.http.json.Fields;
import dev.outdial.server.http.json.JsonText;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What can be done in a call while it is up. */
final class ControlRoutes {
    private static final String CALL = API + "/calls/{id}";
    private static final List<String> REASONS =
            List.of("normal", "failed", "busy", "cancel", "timeout", "noanswer", "dialout", "amd");
    private static final int SHORTEST_PAUSE_MILLIS = 40;
    private static final Pattern DIGITS = Pattern.compile("[0-9A-Da-d*#]{1,100}");
    private static final Pattern KEYS = Pattern.compile("[0-9A-Da-d*#]{1,16}");

    private final CallService calls;

    ControlRoutes(CallService calls) {
        this.calls = calls;
    }

    /** One thing to do, with what the body says. */
    @FunctionalInterface
    private interface Control {
        Runnable read(String account, String id, Fields fields);
    }

    List<Route> routes() {
        return List.of(
                Route.post(CALL + "/hangup", Scope.CALL, this::hangUp),
                control("answer", (account, id, fields) -> () -> calls.answer(account, id)),
                control("reject", (account, id, fields) -> {
                    int code = fields.integer("sip_code", 400, 699).orElse(486);
                    return () -> calls.reject(account, id, code);
                }),
                control("play", (account, id, fields) -> {
                    Sound sound = Sound.read(fields);
                    return () -> calls.play(account, id, sound.urls(), sound.loop(), sound.volumeDb());
                }),
                control("say", (account, id, fields) -> {
                    Speech speech = Speech.read(fields);
                    return () ->
                            calls.say(account, id, speech.text(), speech.language(), speech.voice(), speech.times());
                }),
                control("stop-media", (account, id, fields) -> () -> {
                    boolean unused = calls.stopMedia(account, id);
                }),
                control("dtmf", this::digits),
                control("mute", (account, id, fields) -> mute(account, id, fields, true)),
                control("unmute", (account, id, fields) -> mute(account, id, fields, false)),
                control("hold", (account, id, fields) -> () -> calls.hold(account, id, true)),
                control("unhold", (account, id, fields) -> () -> calls.hold(account, id, false)),
                once("transfer", this::transfer),
                Route.post(CALL + "/record", Scope.CALL, this::record),
                control("record/stop", (account, id, fields) -> () -> calls.stopRecording(account, id)),
                Route.post(CALL + "/gather", Scope.CALL, this::gather),
                Route.get(
                        CALL + "/gather/{gather_id}",
                        Scope.READ,
                        exchange -> Reply.ok(
                                json(calls.gather(exchange.account(), exchange.id(), exchange.id("gather_id"))))),
                Route.delete(CALL + "/gather/{gather_id}", Scope.CALL, exchange -> {
                    calls.endGather(exchange.account(), exchange.id(), exchange.id("gather_id"));
                    return new Reply.Nothing();
                }));
    }

    private static Route control(String verb, Control control) {
        return Route.post(CALL + "/" + verb, Scope.CALL, exchange -> {
            read(exchange, control).run();
            return new Reply.Nothing();
        });
    }

    /** The same, done once for each key of the asker's. */
    private static Route once(String verb, Control control) {
        return Route.post(CALL + "/" + verb, Scope.CALL, exchange -> {
            Runnable action = read(exchange, control);
            return exchange.once("", again -> {
                action.run();
                return new Reply.Nothing();
            });
        });
    }

    private static Runnable read(Exchange exchange, Control control) throws IOException, ProblemException {
        Fields body = exchange.body();
        Runnable action = control.read(exchange.account(), exchange.id(), body);
        body.done();
        body.problems().throwIfAny();
        return action;
    }

    private Reply hangUp(Exchange exchange) throws IOException, ProblemException {
        Fields body = exchange.body();
        String reason = body.choice("reason", REASONS, "normal");
        body.done();
        body.problems().throwIfAny();
        return Reply.ok(CallViews.json(calls.hangUp(exchange.account(), exchange.id(), reason)));
    }

    private Runnable digits(String account, String id, Fields fields) {
        String digits = fields.required(
                "digits", fields.parsed("digits", 100, matching(DIGITS), "must be 1 to 100 of 0-9, A-D, * and #"), "");
        Duration tone = Duration.ofMillis(fields.integer("duration", 40, 6000).orElse(250));
        int pauseMillis = fields.integer("interval", 0, 5000).orElse(100);
        if (pauseMillis > 0 && pauseMillis < SHORTEST_PAUSE_MILLIS) {
            fields.wrong("interval", "must be 0, for 80, or from " + SHORTEST_PAUSE_MILLIS + " to 5000");
        }
        Duration pause = Duration.ofMillis(pauseMillis);
        return () -> calls.sendDigits(account, id, digits, tone, pause);
    }

    private static Function<String, Optional<String>> matching(Pattern pattern) {
        return text -> pattern.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    private Runnable mute(String account, String id, Fields fields, boolean on) {
        String direction = fields.choice("direction", List.of("both", "in", "out"), "both");
        return () -> calls.mute(account, id, direction, on);
    }

    private Runnable transfer(String account, String id, Fields fields) {
        Address to = fields.required(
                "to",
                fields.any("to").flatMap(node -> Targets.address(node, fields.at("to"), fields.problems())),
                Targets.NOBODY);
        boolean bridged =
                fields.choice("mode", List.of("blind", "bridge"), "blind").equals("bridge");
        if (!bridged) return () -> calls.transfer(account, id, to);
        return () -> {
            String unused = calls.transfer(account, id, TransferWish.to(to));
        };
    }

    private Reply record(Exchange exchange) throws IOException, ProblemException {
        Fields body = exchange.body();
        Duration day = Duration.ofDays(1);
        var wish = new CallService.RecordingWish(
                body.duration("end_of_silence", Duration.ZERO, Duration.ofMinutes(5))
                        .orElse(Duration.ZERO),
                keys(body, "end_keys", ""),
                body.duration("max_duration", Duration.ZERO, day).orElse(Duration.ZERO),
                body.flag("beep", false));
        body.done();
        body.problems().throwIfAny();
        return exchange.once(API + "/recordings", first -> {
            String recording = calls.record(exchange.account(), exchange.id(), wish);
            ObjectNode json =
                    JsonText.MAPPER.createObjectNode().put("id", recording).put("call_id", exchange.id());
            return Reply.created(json, false, Map.of("Location", API + "/recordings/" + recording));
        });
    }

    private static String keys(Fields fields, String name, String usual) {
        return fields.parsed(name, 16, matching(KEYS), "must be some of 0-9, A-D, * and #")
                .orElse(usual);
    }

    private Reply gather(Exchange exchange) throws IOException, ProblemException {
        Fields body = exchange.body();
        List<String> sounds = Targets.sounds(body, "play");
        if (sounds.size() > 1) body.wrong("play", "must be one sound");
        if (body.has("say") && body.has("play")) body.wrong("say", "cannot stand beside play");
        var wish = new CallService.GatherWish(
                body.integer("max_digits", 1, 30).orElse(30),
                body.duration("inter_digit_timeout", Duration.ofMillis(100), Duration.ofSeconds(30))
                        .orElse(Duration.ofSeconds(5)),
                keys(body, "terminators", "#"),
                body.words("say", PlanReader.MAX_TEXT).orElse(""),
                sounds.isEmpty() ? "" : sounds.getFirst(),
                body.line("tag", 256).orElse(""));
        body.done();
        body.problems().throwIfAny();
        String path = API + "/calls/" + exchange.id() + "/gather";
        return exchange.once(path, first -> {
            String id = calls.gather(exchange.account(), exchange.id(), wish);
            ObjectNode json = json(calls.gather(exchange.account(), exchange.id(), id));
            return Reply.created(json, false, Map.of("Location", path + "/" + id));
        });
    }

    private static ObjectNode json(CallService.GatherView gather) {
        return JsonText.MAPPER
                .createObjectNode()
                .put("id", gather.id())
                .put("call_id", gather.callId())
                .put("state", gather.state())
                .put("reason", gather.reason())
                .put("digits", gather.digits())
                .put("tag", gather.tag());
    }
}
