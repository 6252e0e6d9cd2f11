package dev.outdial.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.calls.Address;
import dev.outdial.server.calls.CallPlan;
import dev.outdial.server.calls.Callbacks;
import dev.outdial.server.calls.NewCall;
import dev.outdial.server.calls.Schedule;
import dev.outdial.server.http.json.Fields;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the fields of calls that are wanted. */
final class NewCalls {
    private static final int MOST = 1000;
    private static final int MAX_METADATA_LENGTH = 16 * 1024;
    private static final Duration RING = Duration.ofSeconds(60);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Pattern HEADER = Pattern.compile("[Xx]-[A-Za-z0-9!%*_+`'~.-]{1,60}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._ -]{0,99}");

    private final PlanReader plans;

    NewCalls(PlanReader plans) {
        this.plans = plans;
    }

    /** One call for each of {@code to}; what else belongs to the body is read by the caller, who calls {@link Fields#done} too. */
    List<NewCall> read(Fields fields) {
        return read(fields, to(fields));
    }

    /** What calls have in common that are told elsewhere whom they are to. */
    NewCall common(Fields fields) {
        return read(fields, List.of(Targets.NOBODY)).getFirst();
    }

    private List<NewCall> read(Fields fields, List<Address> to) {
        Optional<Address> from =
                fields.any("from").flatMap(node -> Targets.address(node, fields.at("from"), fields.problems()));
        Optional<String> trunk = fields.parsed("trunk", 100, NewCalls::name, "is not the name of a trunk");
        CallPlan plan = plans.read(fields);
        Duration ring = fields.duration("ring_timeout", Duration.ofSeconds(1), Duration.ofMinutes(10))
                .orElse(RING);
        Duration longest = fields.duration("max_duration", Duration.ofSeconds(1), Duration.ofDays(1))
                .orElse(LONGEST);
        Schedule schedule = fields.object("schedule").map(NewCalls::schedule).orElse(Schedule.NOW);
        Optional<Callbacks> callbacks = fields.object("callbacks").map(NewCalls::callbacks);
        String tag = fields.line("tag", 256).orElse("");
        String metadata = metadata(fields);
        Map<String, String> variables = fields.map("variables", 50, 1000);
        Map<String, String> headers = headers(fields);
        boolean anonymous = fields.flag("anonymous", false);
        boolean record = fields.flag("record", false);
        boolean detectMachine = fields.flag("detect_machine", false);
        return to.stream()
                .map(target -> new NewCall(
                        "native",
                        from,
                        target,
                        trunk,
                        plan,
                        ring,
                        longest,
                        schedule,
                        callbacks,
                        tag,
                        metadata,
                        variables,
                        headers,
                        anonymous,
                        record,
                        detectMachine,
                        Optional.empty(),
                        Optional.empty()))
                .toList();
    }

    private static List<Address> to(Fields fields) {
        JsonNode to = fields.required("to", fields.any("to"), fields.nothing());
        if (!fields.has("to")) return List.of();
        var targets = new ArrayList<Address>();
        if (!to.isArray())
            targets.add(Targets.address(to, fields.at("to"), fields.problems()).orElse(Targets.NOBODY));
        else if (to.isEmpty() || to.size() > MOST) fields.wrong("to", "must have 1 to " + MOST + " items");
        else
            for (JsonNode item : to)
                targets.add(Targets.address(item, fields.at("to") + "[" + targets.size() + "]", fields.problems())
                        .orElse(Targets.NOBODY));
        return targets;
    }

    /** The name of a trunk. */
    static Optional<String> name(String text) {
        return NAME.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    private static String metadata(Fields fields) {
        String text = fields.any("metadata").map(JsonNode::toString).orElse("");
        if (text.length() > MAX_METADATA_LENGTH)
            fields.wrong("metadata", "is longer than " + MAX_METADATA_LENGTH + " characters");
        return text;
    }

    /** More headers of an INVITE: names that nobody else uses, values of one line. */
    static Map<String, String> headers(Fields fields) {
        Map<String, String> headers = fields.map("headers", 20, 256);
        headers.keySet().stream()
                .filter(name -> !HEADER.matcher(name).matches())
                .forEach(name -> fields.wrong("headers." + name, "must be called X- and something"));
        return headers;
    }

    private static Schedule schedule(Fields fields) {
        var schedule = new Schedule(
                fields.instant("not_before"),
                fields.object("window").map(NewCalls::window),
                fields.integer("priority", -100, 100).orElse(0),
                fields.integer("retries", 0, 20).orElse(0),
                fields.instant("give_up_at"));
        if (schedule.notBefore().isPresent()
                && schedule.giveUpAt().isPresent()
                && !schedule.notBefore().get().isBefore(schedule.giveUpAt().get()))
            fields.wrong("give_up_at", "must be later than not_before");
        fields.done();
        return schedule;
    }

    private static Schedule.Window window(Fields fields) {
        var window = new Schedule.Window(
                fields.required("from", time(fields, "from"), LocalTime.MIN),
                fields.required("to", time(fields, "to"), LocalTime.MAX),
                fields.parsed("zone", 60, NewCalls::zone, "is not a time zone such as Europe/Berlin"));
        if (window.from().equals(window.to())) fields.wrong("to", "must differ from from");
        fields.done();
        return window;
    }

    private static Optional<LocalTime> time(Fields fields, String name) {
        return fields.parsed(
                name,
                8,
                text -> {
                    try {
                        return Optional.of(LocalTime.parse(text));
                    } catch (DateTimeException e) {
                        return Optional.empty();
                    }
                },
                "must be a time of the day such as 09:00");
    }

    private static Optional<String> zone(String text) {
        try {
            return Optional.of(ZoneId.of(text).getId());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Callbacks callbacks(Fields fields) {
        var callbacks = new Callbacks(
                fields.required("url", Targets.url(fields, "url"), ""),
                fields.choice("method", List.of("POST", "GET"), "POST"),
                Duration.ofMillis(fields.integer("timeout_ms", 100, 30_000).orElse(10_000)),
                Targets.url(fields, "fallback_url").orElse(""),
                fields.choice("profile", List.of("native", "voipbin", "bandwidth", "cequens"), "native"),
                "");
        fields.done();
        return callbacks;
    }
}
