package dev.outdial.testbed.dialplan;

import dev.outdial.testbed.dialplan.Step.Answer;
import dev.outdial.testbed.dialplan.Step.AwaitMessage;
import dev.outdial.testbed.dialplan.Step.EarlyMedia;
import dev.outdial.testbed.dialplan.Step.Echo;
import dev.outdial.testbed.dialplan.Step.HangUp;
import dev.outdial.testbed.dialplan.Step.Keep;
import dev.outdial.testbed.dialplan.Step.Press;
import dev.outdial.testbed.dialplan.Step.PressAsTones;
import dev.outdial.testbed.dialplan.Step.PressByInfo;
import dev.outdial.testbed.dialplan.Step.Refuse;
import dev.outdial.testbed.dialplan.Step.Ring;
import dev.outdial.testbed.dialplan.Step.Say;
import dev.outdial.testbed.dialplan.Step.SayTone;
import dev.outdial.testbed.dialplan.Step.Wait;
import dev.outdial.testbed.prompts.Prompt;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which callee answers which number.
 *
 * @param personas by number, in the order of the numbers
 * @param stranger who answers numbers that begin with + or have more than four digits and are not listed
 */
public record DialPlan(Map<String, Persona> personas, Optional<Persona> stranger) {
    private static final int MOST_SHORT_DIGITS = 4;

    /** Copies and sorts the map. */
    public DialPlan {
        personas = Collections.unmodifiableMap(new TreeMap<>(personas));
    }

    /** A plan without numbers. */
    public static DialPlan empty() {
        return new DialPlan(Map.of(), Optional.empty());
    }

    /** The plan that the demonstration uses: 1000 to 1012, and any full telephone number. */
    public static DialPlan standard() {
        var listener = Persona.of(
                "rings for half a second, answers, listens until you have been silent for half a second, presses 1 and stays",
                new Ring(),
                new Wait(Duration.ofMillis(500)),
                new Answer(),
                new AwaitMessage(Duration.ofMillis(500)),
                new Press("1"));
        return empty().with("1000", listener)
                .with("1001", Persona.of("answers at once and stays", new Answer()))
                .with("1002", Persona.of("is busy (486)", new Refuse(486)))
                .with("1003", Persona.of("rings and never answers", new Ring()))
                .with(
                        "1004",
                        Persona.of(
                                "rings for 5 seconds, then answers and stays",
                                new Ring(),
                                new Wait(Duration.ofSeconds(5)),
                                new Answer()))
                .with(
                        "1005",
                        Persona.of(
                                "answers and presses 1 2 3 4 # a second later",
                                new Answer(),
                                new Wait(Duration.ofSeconds(1)),
                                new Press("1234#")))
                .with(
                        "1006",
                        Persona.of(
                                "sends a ringback tone as early media (183) for 2 seconds, then answers and stays",
                                new EarlyMedia(),
                                new Wait(Duration.ofSeconds(2)),
                                new Answer()))
                .with(
                        "1007",
                        Persona.of(
                                "answers and hangs up 3 seconds later",
                                new Answer(),
                                new Wait(Duration.ofSeconds(3)),
                                new HangUp()))
                .with("1008", Persona.of("answers and echoes what it hears", new Answer(), new Echo()))
                .with("1009", Persona.of("answers and records what it hears", new Answer(), new Keep()))
                .with("1010", Persona.of("declines (603)", new Refuse(603)))
                .with("1011", Persona.of("is out of service (503)", new Refuse(503)))
                .with(
                        "1012",
                        Persona.of("answers and says the welcome prompt", new Answer(), new Say(Prompt.WELCOME_WAV)))
                .otherwise(listener);
    }

    /** A plan for callees that only count: those of the standard plan who neither say, press nor wait to hear; all other numbers answer. */
    public static DialPlan counting() {
        var plan = empty();
        for (var listed : standard().personas().entrySet())
            if (listed.getValue().steps().stream().allMatch(DialPlan::isWithoutSound))
                plan = plan.with(listed.getKey(), listed.getValue());
        return plan.otherwise(Persona.of("answers at once and stays", new Answer()));
    }

    private static boolean isWithoutSound(Step step) {
        return switch (step) {
            case Ring s -> true;
            case Wait s -> true;
            case Answer s -> true;
            case Refuse s -> true;
            case HangUp s -> true;
            case EarlyMedia s -> false;
            case AwaitMessage s -> false;
            case Press s -> false;
            case PressAsTones s -> false;
            case PressByInfo s -> false;
            case Say s -> false;
            case SayTone s -> false;
            case Echo s -> false;
            case Keep s -> false;
        };
    }

    /** The plan with one number more, or with another callee under it. */
    public DialPlan with(String number, Persona persona) {
        var changed = new TreeMap<>(personas);
        changed.put(number, persona);
        return new DialPlan(changed, stranger);
    }

    /** The plan with that callee under all full telephone numbers that are not listed. */
    public DialPlan otherwise(Persona persona) {
        return new DialPlan(personas, Optional.of(persona));
    }

    /** Who answers a number; empty when nobody does. */
    public Optional<Persona> persona(String number) {
        var listed = Optional.ofNullable(personas.get(number));
        boolean full = number.startsWith("+") || number.length() > MOST_SHORT_DIGITS;
        boolean digits = number.matches("\\+?[0-9]+");
        return listed.isEmpty() && full && digits ? stranger : listed;
    }

    /** The plan for people: a number and its sentence a line. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        personas.forEach((number, p) ->
                text.append(number).append("  ").append(p.sentence()).append('\n'));
        stranger.ifPresent(
                p -> text.append("any other full number  ").append(p.sentence()).append('\n'));
        return text.toString();
    }
}
