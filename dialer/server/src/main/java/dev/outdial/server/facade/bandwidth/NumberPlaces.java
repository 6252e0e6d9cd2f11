package dev.outdial.server.facade.bandwidth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.ApplicationRecord;
import dev.outdial.server.calls.ApplicationService;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.calls.NewNumber;
import dev.outdial.server.calls.NumberRecord;
import dev.outdial.server.calls.NumberService;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Place;
import dev.outdial.server.http.json.JsonText;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code /phoneNumbers}: the user's own numbers, and which application is told of calls for them. <b>Threading:</b> any. */
final class NumberPlaces {
    private static final String ONE = "/phoneNumbers/{id}";
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{1,14}");

    private final Frame frame;
    private final NumberService numbers;
    private final ApplicationService applications;

    NumberPlaces(Frame frame, NumberService numbers, ApplicationService applications) {
        this.frame = frame;
        this.numbers = numbers;
        this.applications = applications;
    }

    List<Place> places() {
        return List.of(
                frame.post("/phoneNumbers", this::create),
                frame.get("/phoneNumbers", this::list),
                frame.get(ONE, inquiry -> Answer.json(200, json(find(inquiry), inquiry.base()))),
                frame.post(ONE, this::change),
                frame.delete(ONE, inquiry -> {
                    numbers.delete(inquiry.account(), find(inquiry).id());
                    return Inquiry.done();
                }));
    }

    private Answer create(Inquiry inquiry) throws IOException {
        Wishes wishes = inquiry.wishes();
        String number = wishes.required("number").strip();
        if (!E164.matcher(number).matches()) throw Refusal.invalid("Invalid phone number");
        var wanted = new NewNumber(number, "", "", application(inquiry, wishes, ""));
        try {
            NumberRecord made =
                    numbers.create(inquiry.account(), wanted, Optional.empty()).item();
            return inquiry.made("/phoneNumbers/" + Ids.of(Ids.NUMBER, made.id()));
        } catch (ServiceException trouble) {
            throw trouble.kind() == ServiceException.Kind.CONFLICT
                    ? Refusal.conflict(
                            "duplicate-number", "There is a number resource for number " + number + " already")
                    : trouble;
        }
    }

    /** Ours, checked; none where it is said to be empty. */
    private String application(Inquiry inquiry, Wishes wishes, String usual) {
        String asked = wishes.text("applicationId").orElse("");
        if (!wishes.has("applicationId")) return usual;
        if (asked.isBlank()) return "";
        ApplicationRecord known = applications.get(inquiry.account(), ApplicationPlaces.id(asked));
        return known.id();
    }

    private Answer list(Inquiry inquiry) {
        List<NumberRecord> found = Paging.read(inquiry.asked())
                .of(cursor -> numbers.list(inquiry.account(), new PageQuery(cursor, Paging.AT_ONCE)), one -> true);
        return Answer.json(200, Paging.array(found, one -> json(one, inquiry.base())));
    }

    /** By its id or by itself. */
    private NumberRecord find(Inquiry inquiry) {
        String asked = inquiry.askedId().strip();
        String number = asked.startsWith("+") ? asked : "+" + asked;
        if (E164.matcher(number).matches()) {
            return new Paging(0, Integer.MAX_VALUE, false)
                            .of(
                                    cursor -> numbers.list(inquiry.account(), new PageQuery(cursor, Paging.AT_ONCE)),
                                    (NumberRecord one) -> one.e164().equals(number))
                            .stream()
                            .findFirst()
                            .orElseThrow(() -> none(asked));
        }
        return numbers.get(inquiry.account(), Ids.read(Ids.NUMBER, asked).orElseThrow(() -> none(asked)));
    }

    private static Refusal none(String asked) {
        return Refusal.notFound("number-not-found", "The number " + asked + " could not be found");
    }

    private Answer change(Inquiry inquiry) throws IOException {
        NumberRecord before = find(inquiry);
        String application = application(inquiry, inquiry.wishes(), before.applicationId());
        NumberRecord unused = numbers.replace(
                inquiry.account(),
                before.id(),
                new NewNumber(before.e164(), before.trunkId(), before.flowId(), application));
        return Inquiry.done();
    }

    private static ObjectNode json(NumberRecord number, String base) {
        ObjectNode json = JsonText.MAPPER
                .createObjectNode()
                .put("id", Ids.of(Ids.NUMBER, number.id()))
                .put("number", number.e164())
                .put("createdTime", CallViews.time(number.created()))
                .put("numberState", "enabled");
        if (!number.applicationId().isEmpty()) {
            String application = Ids.of(Ids.APPLICATION, number.applicationId());
            json.put("applicationId", application).put("application", base + "/applications/" + application);
        }
        return json;
    }
}
