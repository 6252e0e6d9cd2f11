package dev.outdial.server.facade.bandwidth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.ApplicationRecord;
import dev.outdial.server.calls.ApplicationService;
import dev.outdial.server.calls.Callbacks;
import dev.outdial.server.calls.NewApplication;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Place;
import dev.outdial.server.http.json.JsonText;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code /applications}: who is told of calls that come in. <b>Threading:</b> any. */
final class ApplicationPlaces {
    private static final String ONE = "/applications/{id}";
    private static final List<String> KEPT = List.of(
            "name",
            "incomingCallUrl",
            "incomingCallUrlCallbackTimeout",
            "incomingCallFallbackUrl",
            "incomingMessageUrl",
            "incomingMessageUrlCallbackTimeout",
            "incomingMessageFallbackUrl",
            "callbackHttpMethod",
            "autoAnswer");
    private static final int MAX_NAME_LENGTH = 100;

    private final Frame frame;
    private final ApplicationService applications;

    ApplicationPlaces(Frame frame, ApplicationService applications) {
        this.frame = frame;
        this.applications = applications;
    }

    List<Place> places() {
        return List.of(
                frame.post("/applications", this::create),
                frame.get("/applications", this::list),
                frame.get(ONE, inquiry -> Answer.json(200, json(find(inquiry)))),
                frame.post(ONE, this::change),
                frame.delete(ONE, inquiry -> {
                    applications.delete(inquiry.account(), find(inquiry).id());
                    return Inquiry.done();
                }));
    }

    private Answer create(Inquiry inquiry) throws IOException {
        NewApplication wanted = read(inquiry.wishes(), inquiry.base());
        ApplicationRecord made =
                applications.create(inquiry.account(), wanted, Optional.empty()).item();
        return inquiry.made("/applications/" + Ids.of(Ids.APPLICATION, made.id()));
    }

    /** What was asked for: what is kept to be shown again, and what is made of it. */
    static NewApplication read(Wishes wishes, String base) {
        String name = wishes.required("name");
        if (name.length() > MAX_NAME_LENGTH) {
            throw Refusal.invalid("The property name exceeds the limit of " + MAX_NAME_LENGTH + " characters");
        }
        String url = wishes.callback("incomingCallUrl");
        if (url.isEmpty() && wishes.callback("incomingMessageUrl").isEmpty()) {
            throw Refusal.invalid("Your application must have a least one callback URL.");
        }
        String fallback = wishes.callback("incomingCallFallbackUrl");
        if (url.isEmpty() && !fallback.isEmpty()) {
            throw Refusal.invalid("Your application must have a call callback URL in order to have a fallback URL.");
        }
        int timeout = wishes.integer(
                "incomingCallUrlCallbackTimeout",
                1,
                CallRequests.MAX_CALLBACK_MILLIS,
                CallRequests.MAX_CALLBACK_MILLIS);
        String method = wishes.choice("callbackHttpMethod", List.of("POST", "GET"), "POST");
        boolean autoAnswer = wishes.flag("autoAnswer", true);
        ObjectNode kept = JsonText.MAPPER.createObjectNode();
        for (String field : KEPT) {
            if (wishes.has(field)) kept.set(field, wishes.json().path(field));
        }
        kept.put("autoAnswer", autoAnswer);
        Optional<Callbacks> callbacks = url.isEmpty()
                ? Optional.empty()
                : Optional.of(new Callbacks(
                        url,
                        method,
                        Duration.ofMillis(timeout),
                        fallback,
                        BandwidthProfile.NAME,
                        CallRequests.extra(base)));
        return new NewApplication(name, autoAnswer, CallPlaces.ORIGIN, callbacks, kept.toString());
    }

    private Answer list(Inquiry inquiry) {
        List<ApplicationRecord> found = Paging.read(inquiry.asked())
                .of(
                        cursor -> applications.list(inquiry.account(), new PageQuery(cursor, Paging.AT_ONCE)),
                        one -> one.origin().equals(CallPlaces.ORIGIN));
        return Answer.json(200, Paging.array(found, ApplicationPlaces::json));
    }

    private ApplicationRecord find(Inquiry inquiry) {
        return applications.get(inquiry.account(), id(inquiry.askedId()));
    }

    /** Ours. */
    static String id(String asked) {
        return Ids.read(Ids.APPLICATION, asked)
                .orElseThrow(() ->
                        Refusal.notFound("application-not-found", "The application " + asked + " could not be found"));
    }

    private Answer change(Inquiry inquiry) throws IOException {
        ApplicationRecord before = find(inquiry);
        ObjectNode all = kept(before);
        JsonNode changed = inquiry.wishes().json();
        changed.properties().forEach(field -> all.set(field.getKey(), field.getValue()));
        NewApplication wanted = read(new Wishes(all), inquiry.base());
        ApplicationRecord unused = applications.replace(inquiry.account(), before.id(), wanted);
        return Inquiry.done();
    }

    private static ObjectNode kept(ApplicationRecord application) {
        return application.details().isEmpty()
                ? JsonText.MAPPER.createObjectNode().put("name", application.name())
                : (ObjectNode) JsonText.ours(application.details());
    }

    private static ObjectNode json(ApplicationRecord application) {
        return kept(application).put("id", Ids.of(Ids.APPLICATION, application.id()));
    }
}
