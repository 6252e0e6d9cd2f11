package dev.outdial.server.facade.bandwidth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.CallService;
import dev.outdial.server.calls.CallService.GatherView;
import dev.outdial.server.calls.CallService.GatherWish;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Place;
import dev.outdial.server.http.json.JsonText;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code /calls/{id}/gather}: gathers keys. <b>Threading:</b> any. */
final class GatherPlaces {
    private static final String GATHERS = "/calls/{id}/gather";
    private static final int MAX_DIGITS = 30;
    private static final int MAX_SENTENCE_LENGTH = 1000;
    private static final int MAX_TAG_LENGTH = 256;
    private static final double USUAL_SECONDS = 5;
    private static final double MAX_SECONDS = 30;
    private static final Pattern KEYS = Pattern.compile("[0-9A-Da-d*#]{1,16}");

    private final Frame frame;
    private final CallService calls;

    GatherPlaces(Frame frame, CallService calls) {
        this.frame = frame;
        this.calls = calls;
    }

    List<Place> places() {
        return List.of(
                frame.post(GATHERS, this::begin),
                frame.get(GATHERS + "/{gather}", inquiry -> Answer.json(200, json(view(inquiry), inquiry))),
                frame.post(GATHERS + "/{gather}", this::end));
    }

    private Answer begin(Inquiry inquiry) throws IOException {
        GatherWish wish = read(inquiry.wishes(), inquiry.base());
        String id;
        try {
            id = calls.gather(inquiry.account(), inquiry.callId(), wish);
        } catch (ServiceException trouble) {
            boolean isPrompt =
                    trouble.fields().stream().anyMatch(field -> field.field().equals("prompt"));
            throw isPrompt
                    ? Refusal.unavailable("media-unavailable", "The media is unavailable: " + trouble.getMessage())
                    : trouble;
        }
        return inquiry.made("/calls/" + inquiry.askedId() + "/gather/" + Ids.of(Ids.GATHER, id));
    }

    /** What is gathered, by a request. */
    static GatherWish read(Wishes wishes, String base) {
        String keys = wishes.text("terminatingDigits").orElse("#");
        if (!KEYS.matcher(keys).matches()) {
            throw Refusal.invalid(
                    "The gather resource property terminatingDigits must be 1 to 16 of 0-9, A-D, * and #");
        }
        Optional<Wishes> prompt = wishes.object("prompt");
        prompt.ifPresent(Voices::check);
        String sentence =
                prompt.map(one -> one.text("sentence", MAX_SENTENCE_LENGTH)).orElse("");
        String file = prompt.flatMap(one -> one.text("fileUrl")).orElse("").strip();
        if (!file.isEmpty() && !sentence.isBlank()) {
            throw Refusal.invalid("The gather resource property prompt needs either fileUrl or sentence, not both");
        }
        return new GatherWish(
                wishes.integer("maxDigits", 1, MAX_DIGITS, MAX_DIGITS),
                Duration.ofMillis(
                        Math.round(wishes.number("interDigitTimeout", 0.1, MAX_SECONDS, USUAL_SECONDS) * 1000)),
                keys,
                sentence.strip(),
                file.isEmpty() ? "" : AudioRequests.url(file, base),
                wishes.text("tag", MAX_TAG_LENGTH),
                prompt.map(Voices::language).orElse(""),
                "",
                prompt.map(one -> one.flag("loopEnabled", false)).orElse(false));
    }

    private GatherView view(Inquiry inquiry) {
        return calls.gather(inquiry.account(), inquiry.callId(), gatherId(inquiry));
    }

    private static String gatherId(Inquiry inquiry) {
        String asked = inquiry.asked().name("gather");
        return Ids.read(Ids.GATHER, asked)
                .orElseThrow(() -> Refusal.notFound("gather-not-found", "The gather " + asked + " could not be found"));
    }

    private static ObjectNode json(GatherView gather, Inquiry inquiry) {
        boolean isOver = gather.state().equals("completed");
        ObjectNode json = JsonText.MAPPER
                .createObjectNode()
                .put("id", Ids.of(Ids.GATHER, gather.id()))
                .put("state", isOver ? "completed" : "started");
        if (isOver) json.put("reason", gather.reason());
        json.put("createdTime", CallViews.time(gather.created()));
        gather.completed().ifPresent(time -> json.put("completedTime", CallViews.time(time)));
        json.put("call", inquiry.base() + "/calls/" + inquiry.askedId()).put("digits", gather.digits());
        if (!gather.tag().isEmpty()) json.put("tag", gather.tag());
        return json;
    }

    private Answer end(Inquiry inquiry) throws IOException {
        if (!inquiry.wishes().required("state").equalsIgnoreCase("completed")) {
            throw Refusal.invalid("The gather resource property state must be one of the following values: completed");
        }
        String gather = gatherId(inquiry);
        calls.endGather(inquiry.account(), inquiry.callId(), gather);
        return Inquiry.done();
    }
}
