package dev.outdial.dialer.flow.simulate;

import dev.outdial.dialer.flow.simulate.CallerLine.Fate;
import dev.outdial.dialer.flow.simulate.CallerLine.Who;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads scripts, a line at a time. */
final class ScriptReader {
    private static final Duration USUAL_TALK = Duration.ofSeconds(10);

    private static final Pattern VARIABLE =
            Pattern.compile("\\s*variable\\s+([^\\s=]+)\\s*=(.*)", Pattern.CASE_INSENSITIVE);

    private static final List<String> BEGINNINGS = List.of(
            "caller",
            "callee",
            "calls",
            "answers",
            "presses",
            "hangs",
            "is",
            "beeps",
            "falls",
            "destination",
            "fetch",
            "flow",
            "variable",
            "webhook",
            "recording",
            "sound",
            "conference",
            "time");

    /** Somebody whose lines are read. */
    private static final class Part {
        private final String name;
        private final List<CallerLine> lines = new ArrayList<>();
        private final Map<String, Part> callees = new LinkedHashMap<>();

        Part(String name) {
            this.name = name;
        }

        CallerScript script(List<CallerLine> before, Map<String, Part> others) {
            var all = new ArrayList<>(before);
            all.addAll(lines);
            var people = new LinkedHashMap<String, CallerScript>();
            others.forEach((target, part) -> people.put(target, part.script(List.of(), Map.of())));
            callees.forEach((target, part) -> people.put(target, part.script(List.of(), Map.of())));
            return new CallerScript(name, all, people);
        }
    }

    private final String text;
    private final Part common = new Part("");
    private final List<Part> callers = new ArrayList<>();
    private Part caller = common;
    private Part current = common;

    ScriptReader(String text) {
        this.text = text;
    }

    List<CallerScript> read() {
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            number++;
            // Its value stands for itself, quotes and marks of comments included.
            Matcher variable = VARIABLE.matcher(line);
            if (variable.matches()) {
                current.lines.add(new CallerLine.Variable(
                        variable.group(1), variable.group(2).strip()));
            } else {
                readLine(new ScriptWords(number, line));
            }
        }
        if (callers.isEmpty()) return List.of(common.script(List.of(), Map.of()));
        // What stands before the first caller holds for all.
        return callers.stream()
                .map(part -> part.script(common.lines, common.callees))
                .toList();
    }

    private void readLine(ScriptWords words) {
        if (words.isEmpty()) return;
        if (words.take("caller")) {
            beginCaller(words);
        } else if (words.take("callee")) {
            String target = words.any("the number of who answers");
            current = new Part(target);
            if (caller.callees.put(target, current) != null)
                throw words.wrong("there is a callee " + target + " already");
        } else {
            current.lines.add(line(words));
        }
        words.end();
    }

    private void beginCaller(ScriptWords words) {
        String name = words.any("the caller's name");
        while (!words.isEmpty()) name += " " + words.any("");
        caller = new Part(name);
        current = caller;
        for (Part other : callers) {
            if (other.name.equals(name)) throw words.wrong("there is a caller " + name + " already");
        }
        callers.add(caller);
    }

    private static CallerLine line(ScriptWords words) {
        if (words.take("calls")) {
            words.require("us");
            return new CallerLine.CallsUs();
        }
        if (words.take("answers")) {
            words.require("after");
            return new CallerLine.AnswersAfter(words.time());
        }
        if (words.take("presses")) return new CallerLine.Presses(words.keys(), when(words));
        if (words.take("hangs")) {
            words.require("up");
            return new CallerLine.HangsUp(when(words));
        }
        if (words.take("is")) return new CallerLine.Is(who(words));
        if (words.take("beeps")) {
            words.require("after");
            return new CallerLine.GreetingEnds(words.time(), true);
        }
        if (words.take("falls")) {
            words.require("silent", "after");
            return new CallerLine.GreetingEnds(words.time(), false);
        }
        if (words.take("destination")) {
            return new CallerLine.Destination(words.any("whom the flow calls"), fate(words));
        }
        return world(words);
    }

    private static CallerLine world(ScriptWords words) {
        if (words.take("fetch")) {
            String url = words.any("the address that is fetched");
            if (words.take("fails")) return new CallerLine.Fetch(url, Optional.empty());
            if (!words.take("gives")) throw words.unexpected("'gives FILE' or 'fails'", List.of("gives", "fails"));
            return new CallerLine.Fetch(url, Optional.of(words.any("the name of a file")));
        }
        if (words.take("flow")) {
            String id = words.any("the flow's id");
            words.require("gives");
            return new CallerLine.FlowGiven(id, words.any("the name of a file"));
        }
        if (words.take("webhook")) {
            words.require("fails");
            return new CallerLine.WebhookFails();
        }
        if (words.take("recording")) {
            words.require("fails");
            return new CallerLine.RecordingFails();
        }
        if (words.take("sound")) {
            String part = words.any("part of a file's name");
            if (words.take("fails")) return new CallerLine.Sound(part, Optional.empty());
            if (!words.take("lasts")) throw words.unexpected("'lasts TIME' or 'fails'", List.of("lasts", "fails"));
            return new CallerLine.Sound(part, Optional.of(words.time()));
        }
        if (words.take("conference")) {
            words.require("ends", "after");
            return new CallerLine.ConferenceEnds(words.time());
        }
        if (words.take("time")) {
            words.require("is");
            return new CallerLine.TimeIs(instant(words));
        }
        if (words.take("variable")) {
            words.any("the variable's name");
            throw words.unexpected("'= VALUE'", List.of());
        }
        throw words.unexpected("what somebody does, or how the world is,", BEGINNINGS);
    }

    private static Instant instant(ScriptWords words) {
        String typed = words.any("a time in UTC");
        try {
            return Instant.parse(typed);
        } catch (DateTimeParseException wrong) {
            throw words.wrong("'" + typed + "': a time in UTC such as 2026-03-02T09:30:00Z is expected");
        }
    }

    private static Who who(ScriptWords words) {
        if (words.take("unclear")) return Who.UNCLEAR;
        if (!words.take("a")) throw words.unexpected("'a machine', 'a person' or 'unclear'", List.of("a", "unclear"));
        if (words.take("machine")) return Who.MACHINE;
        if (words.take("person")) return Who.PERSON;
        throw words.unexpected("'machine' or 'person'", List.of("machine", "person"));
    }

    private static Fate fate(ScriptWords words) {
        if (words.take("is")) {
            words.require("busy");
            return new Fate.Busy();
        }
        if (words.take("fails")) return new Fate.Fails();
        if (words.take("does")) {
            words.require("not", "answer");
            return new Fate.NoAnswer();
        }
        if (!words.take("answers")) {
            throw words.unexpected(
                    "'answers after TIME', 'is busy', 'does not answer' or 'fails'",
                    List.of("answers", "is", "does", "fails"));
        }
        words.require("after");
        Duration after = words.time();
        if (words.isEmpty()) return new Fate.Answers(after, USUAL_TALK);
        words.require("and", "talks", "for");
        return new Fate.Answers(after, words.time());
    }

    private static When when(ScriptWords words) {
        if (words.isEmpty()) return new When.AtOnce();
        if (words.take("at")) return new When.At(words.time());
        if (words.take("during")) return new When.DuringPrompt(prompt(words));
        Duration delay = words.isTime() ? words.time() : Duration.ZERO;
        if (!words.take("after")) {
            throw words.unexpected(
                    "'at TIME', 'after TIME', 'after \"TEXT\"' or 'during \"TEXT\"'", List.of("at", "after", "during"));
        }
        if (words.isTime() && delay.isZero()) return new When.After(words.time());
        return new When.AfterPrompt(prompt(words), delay);
    }

    private static String prompt(ScriptWords words) {
        if (!words.isQuoted()) throw words.unexpected("part of what is said, in quotes,", List.of());
        return words.any("");
    }
}
