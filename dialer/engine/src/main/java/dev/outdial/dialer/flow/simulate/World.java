package dev.outdial.dialer.flow.simulate;

import dev.outdial.dialer.detect.MachineDetection;
import dev.outdial.dialer.flow.CallAction;
import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.Variables;
import dev.outdial.dialer.flow.simulate.CallerLine.Fate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a script says of the world around the call, and what is usual where it says nothing. */
final class World {
    private static final Duration USUAL_ANSWER = Duration.ofSeconds(3);
    private static final Duration USUAL_CONFERENCE = Duration.ofSeconds(30);
    // A Monday, in office hours.
    private static final Instant USUAL_TIME = Instant.parse("2026-01-05T10:00:00Z");

    private final CallerScript script;
    private final FlowSimulator.Settings settings;
    private final Map<String, Integer> called = new HashMap<>();

    World(CallerScript script, FlowSimulator.Settings settings) {
        this.script = script;
        this.settings = settings;
    }

    /** How long our call rings; empty where we were called. */
    Optional<Duration> rings() {
        if (isIncoming()) return Optional.empty();
        return Optional.of(script.last(CallerLine.AnswersAfter.class)
                .map(CallerLine.AnswersAfter::time)
                .orElse(USUAL_ANSWER));
    }

    private boolean isIncoming() {
        return !script.all(CallerLine.CallsUs.class).isEmpty();
    }

    Instant begins() {
        return script.last(CallerLine.TimeIs.class)
                .map(CallerLine.TimeIs::instant)
                .orElse(USUAL_TIME);
    }

    /** The engine's own, and what the script sets. */
    Variables variables() {
        var variables = Variables.NONE
                .with("voipbin.call.id", "simulated")
                .with("voipbin.call.direction", isIncoming() ? "incoming" : "outgoing")
                .with("voipbin.call.source.type", "tel")
                .with("voipbin.call.source.target", "+15550100")
                .with("voipbin.call.destination.type", "tel")
                .with("voipbin.call.destination.target", "+15550199");
        for (CallerLine.Variable line : script.all(CallerLine.Variable.class)) {
            variables = variables.with(line.name(), line.value());
        }
        return variables;
    }

    /** What is found out about who answered. */
    CallerLine.Who who() {
        return script.last(CallerLine.Is.class).map(CallerLine.Is::who).orElse(CallerLine.Who.PERSON);
    }

    /** How long that takes. */
    Duration detection(MachineDetection options) {
        return Duration.ofMillis(
                switch (who()) {
                    case PERSON -> options.greetingMillis() + options.afterGreetingSilenceMillis();
                    case MACHINE -> options.longestGreetingMillis();
                    case UNCLEAR -> options.totalMillis();
                });
    }

    Optional<CallerLine.GreetingEnds> greeting() {
        return script.last(CallerLine.GreetingEnds.class);
    }

    /** What comes of the next call to this target; empty where the script says nothing of it. */
    Optional<Fate> fate(String target) {
        List<CallerLine.Destination> known = script.all(CallerLine.Destination.class).stream()
                .filter(line -> line.target().equalsIgnoreCase(target))
                .toList();
        if (known.isEmpty()) return Optional.empty();
        int before = called.merge(target, 1, Integer::sum) - 1;
        return Optional.of(known.get(Math.min(before, known.size() - 1)).fate());
    }

    /** Who answers there. */
    Optional<CallerScript> callee(String target) {
        return Optional.ofNullable(script.callees().get(target));
    }

    /** The script of a call that the flow places so long after the beginning, where somebody answers after so long: the same world, another person. */
    CallerScript calleeAnswering(String target, Duration after, Duration placedAt) {
        var lines = new ArrayList<>(
                script.lines().stream().filter(World::isOfTheWorld).toList());
        lines.add(new CallerLine.TimeIs(begins().plus(placedAt)));
        lines.add(new CallerLine.Variable("voipbin.call.destination.target", target));
        callee(target).ifPresent(person -> lines.addAll(person.lines()));
        lines.add(new CallerLine.AnswersAfter(after));
        return new CallerScript(target, lines, script.callees());
    }

    private static boolean isOfTheWorld(CallerLine line) {
        return switch (line) {
            case CallerLine.Deed l -> false;
            case CallerLine.AnswersAfter l -> false;
            case CallerLine.CallsUs l -> false;
            case CallerLine.Is l -> false;
            case CallerLine.GreetingEnds l -> false;
            case CallerLine.Variable l -> false;
            case CallerLine.TimeIs l -> false;
            case CallerLine.Destination l -> true;
            case CallerLine.Fetch l -> true;
            case CallerLine.FlowGiven l -> true;
            case CallerLine.WebhookFails l -> true;
            case CallerLine.RecordingFails l -> true;
            case CallerLine.Sound l -> true;
            case CallerLine.ConferenceEnds l -> true;
        };
    }

    Optional<Flow> fetched(String url) {
        return script.all(CallerLine.Fetch.class).stream()
                .filter(line -> line.url().equals(url))
                .findFirst()
                .map(line -> line.file().flatMap(settings.flows()))
                .orElseGet(() -> settings.flows().apply(url));
    }

    Optional<Flow> stored(String id) {
        return script.all(CallerLine.FlowGiven.class).stream()
                .filter(line -> line.id().equals(id))
                .findFirst()
                .map(line -> settings.flows().apply(line.file()))
                .orElseGet(() -> settings.flows().apply(id));
    }

    Optional<Flow> of(CallAction.FlowSource source) {
        return switch (source) {
            case CallAction.FlowSource.Inline inline -> Optional.of(inline.flow());
            case CallAction.FlowSource.Stored stored -> stored(stored.flowId());
        };
    }

    /** How long a file lasts; empty where it cannot be had. */
    Optional<Duration> length(String url) {
        for (CallerLine.Sound line : script.all(CallerLine.Sound.class)) {
            if (url.contains(line.part())) return line.length();
        }
        return Optional.of(settings.files().apply(url));
    }

    Duration conference() {
        return script.last(CallerLine.ConferenceEnds.class)
                .map(CallerLine.ConferenceEnds::after)
                .orElse(USUAL_CONFERENCE);
    }

    boolean takesWebhooks() {
        return script.all(CallerLine.WebhookFails.class).isEmpty();
    }

    boolean takesRecordings() {
        return script.all(CallerLine.RecordingFails.class).isEmpty();
    }
}
