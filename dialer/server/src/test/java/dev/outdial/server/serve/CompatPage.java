package dev.outdial.server.serve;

import dev.outdial.server.calls.NewFacadeKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page on the APIs that are answered as other systems do, as its reader takes it: commands in blocks of {@code sh}, below each a block
 * with what it answers ({@code ...} is any text; a first line {@code HTTP 404} is the status, which else is 2xx).
 *
 * @param variables of each API: the names in the examples, and the words of its credential that they stand for
 * @param serverSettings those that the page has its reader start the server with
 */
record CompatPage(
        List<Section> sections, Map<String, Map<String, String>> variables, Map<String, String> serverSettings) {
    private static final Pattern HEADING = Pattern.compile("(?m)^## (.*)$");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\w+) \\| (`\\w+` = `[^|]*) \\|$");
    private static final Pattern VARIABLE = Pattern.compile("`(\\w+)` = `([\\w-]+)`");
    private static final Pattern SETTING = Pattern.compile("\\b(OUTDIAL_\\w+)=(\\S+)");
    private static final Pattern STATUS = Pattern.compile("HTTP (\\d{3})\\n?");

    /** @param api its name where it is the section of one, else empty */
    record Section(String title, String api, List<Example> examples) {}

    /** @param answer what the page prints below; empty where it prints nothing */
    record Example(String commands, Optional<String> answer) {
        /** What is wrong with what came of it; empty for nothing. */
        Optional<String> complaint(ShellRun.Output output) {
            if (answer.isEmpty()) return Optional.of("no answer is printed below it");
            if (output.statuses().isEmpty()) return Optional.of("nothing was asked");
            Matcher status = STATUS.matcher(answer.get());
            boolean isNamed = status.lookingAt();
            String words = isNamed ? answer.get().substring(status.end()) : answer.get();
            String last = output.statuses().getLast();
            if (isNamed
                    ? !last.equals(status.group(1))
                    : !output.statuses().stream().allMatch(one -> one.startsWith("2")))
                return Optional.of("the status was " + output.statuses());
            return like(words.strip()).matcher(output.text().strip()).matches()
                    ? Optional.empty()
                    : Optional.of("it answered otherwise than\n" + words);
        }
    }

    private static Pattern like(String words) {
        var pattern = new StringBuilder();
        for (String part : words.split("\\.\\.\\.", -1)) {
            if (!pattern.isEmpty()) pattern.append(".*");
            pattern.append(part.isEmpty() ? "(?:)" : Pattern.quote(part));
        }
        return Pattern.compile(pattern.toString(), Pattern.DOTALL);
    }

    static CompatPage read(Path file) {
        try {
            return of(Files.readString(file));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    static CompatPage of(String text) {
        var sections = new ArrayList<Section>();
        var settings = new HashMap<String, String>();
        Matcher heading = HEADING.matcher(text);
        String title = "";
        int from = 0;
        while (heading.find()) {
            sections.add(section(title, text.substring(from, heading.start()), settings));
            title = heading.group(1);
            from = heading.end();
        }
        sections.add(section(title, text.substring(from), settings));
        return new CompatPage(sections, variables(text), settings);
    }

    private static Section section(String title, String text, Map<String, String> settings) {
        var examples = new ArrayList<Example>();
        Matcher block = BLOCK.matcher(text);
        int at = 0;
        while (block.find(at)) {
            at = block.end();
            String commands = block.group(2);
            if (!block.group(1).equals("sh")) continue;
            if (commands.contains("outdial serve")) {
                SETTING.matcher(commands).results().forEach(one -> settings.put(one.group(1), one.group(2)));
                continue;
            }
            Matcher below = BLOCK.matcher(text).region(at, text.length());
            boolean isBelow = below.find()
                    && text.substring(at, below.start()).isBlank()
                    && !below.group(1).equals("sh");
            examples.add(new Example(commands, isBelow ? Optional.of(below.group(2)) : Optional.empty()));
        }
        String first = title.split("[^\\w]", 2)[0].toLowerCase(Locale.ROOT);
        return new Section(title, NewFacadeKey.FACADES.contains(first) ? first : "", examples);
    }

    private static Map<String, Map<String, String>> variables(String text) {
        var all = new HashMap<String, Map<String, String>>();
        ROW.matcher(text).results().forEach(row -> {
            var words = new HashMap<String, String>();
            VARIABLE.matcher(row.group(2)).results().forEach(one -> words.put(one.group(1), one.group(2)));
            all.put(row.group(1), words);
        });
        return all;
    }
}
