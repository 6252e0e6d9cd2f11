package dev.outdial.server.config;

import dev.outdial.dialer.flow.NearestWord;
import dev.outdial.server.config.Values.Written;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Puts a file and the environment into tables of values: the environment wins. One reading's own. */
final class Sources {
    static final String PREFIX = "OUTDIAL_";
    private static final String TRUNKS = "trunks";

    private final String file;
    private final Map<String, String> environment;
    private final List<String> wrong;
    private final List<Values> trunks = new ArrayList<>();
    private final Set<String> variables = new HashSet<>();
    private final Values server;

    Sources(String file, Yaml document, Map<String, String> environment, List<String> wrong) {
        this.file = file;
        this.environment = environment;
        this.wrong = wrong;
        this.server = new Values(Key.SERVER, "", "", wrong);
        if (document instanceof Yaml.Entries all) section(all, "", Key.SERVER, server);
        else wrong.add(place(document.line()) + ": settings are expected, as http:");
        fromEnvironment(server, Key.SERVER, PREFIX);
    }

    /** A sentence for each variable that looks like one of ours. */
    List<String> unknownVariables() {
        return Variables.unknown(environment, variables);
    }

    Values server() {
        return server;
    }

    List<Values> trunks() {
        return List.copyOf(trunks);
    }

    private void section(Yaml.Entries entries, String prefix, List<Key> table, Values values) {
        for (var each : entries.entries().entrySet()) {
            String path = prefix + each.getKey();
            Yaml.Entry entry = each.getValue();
            if (path.equals(TRUNKS) && table == Key.SERVER) {
                trunks(entry);
            } else if (table.stream().anyMatch(key -> key.path().equals(path))) {
                value(key(table, path), entry, values);
            } else if (table.stream().anyMatch(key -> key.path().startsWith(path + "."))) {
                within(path, entry, table, values);
            } else {
                wrong.add(place(entry.line()) + ": there is no setting '" + path + "'"
                        + meant(prefix, each.getKey(), table));
            }
        }
    }

    private void within(String path, Yaml.Entry entry, List<Key> table, Values values) {
        switch (entry.value()) {
            case Yaml.Entries more -> section(more, path + ".", table, values);
            // A section of which everything is commented out.
            case Yaml.Text text when text.isEmpty() -> {}
            case Yaml other ->
                wrong.add(place(entry.line()) + ": " + path + " has settings within it, as "
                        + table.stream()
                                .map(Key::path)
                                .filter(known -> known.startsWith(path + "."))
                                .findFirst()
                                .orElse(path));
        }
    }

    private void value(Key key, Yaml.Entry entry, Values values) {
        switch (entry.value()) {
            case Yaml.Text text when text.isEmpty() -> {}
            case Yaml.Text text -> values.put(key.path(), new Written(place(entry.line()), List.of(text.text())));
            case Yaml.Items list
            when key.isList() && list.items().stream().allMatch(item -> item instanceof Yaml.Text) ->
                values.put(
                        key.path(),
                        new Written(
                                place(entry.line()),
                                list.items().stream()
                                        .map(item -> ((Yaml.Text) item).text())
                                        .toList()));
            case Yaml other ->
                wrong.add(place(entry.line()) + ": " + key.path() + ": "
                        + (key.isList() ? "a list of values is expected" : "one value is expected"));
        }
    }

    private void trunks(Yaml.Entry entry) {
        switch (entry.value()) {
            case Yaml.Text text when text.isEmpty() -> {}
            case Yaml.Items list -> list.items().forEach(this::trunk);
            case Yaml other -> wrong.add(place(entry.line()) + ": trunks: a list is expected, as - name: carrier");
        }
    }

    private void trunk(Yaml item) {
        if (!(item instanceof Yaml.Entries entries)) {
            wrong.add(place(item.line()) + ": trunks: settings of a trunk are expected, as - name: carrier");
            return;
        }
        Optional<String> name = Optional.ofNullable(entries.entries().get("name"))
                .map(Yaml.Entry::value)
                .filter(value -> value instanceof Yaml.Text)
                .map(value -> ((Yaml.Text) value).text());
        var values = new Values(Key.TRUNK, place(item.line()), "trunk " + name.orElse("without a name") + ": ", wrong);
        section(entries, "", Key.TRUNK, values);
        name.ifPresent(known -> fromEnvironment(values, Key.TRUNK, variablesOf(known)));
        trunks.add(values);
    }

    /** {@code OUTDIAL_TRUNKS_CARRIER_1_} for the trunk carrier-1. */
    private static String variablesOf(String trunk) {
        return PREFIX + "TRUNKS_" + trunk.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + "_";
    }

    private void fromEnvironment(Values values, List<Key> table, String prefix) {
        for (Key key : table) {
            String variable = key.variable(prefix);
            variables.add(variable);
            String text = environment.get(variable);
            if (text != null) values.put(key.path(), new Written(variable, List.of(text)));
        }
    }

    private static Key key(List<Key> table, String path) {
        return table.stream().filter(key -> key.path().equals(path)).findFirst().orElseThrow();
    }

    /** The nearest one beside it; else one of that name elsewhere. */
    private static String meant(String prefix, String typed, List<Key> table) {
        var beside = new TreeSet<String>();
        for (Key key : table) {
            if (key.path().startsWith(prefix)) {
                beside.add(key.path().substring(prefix.length()).replaceFirst("[.].*", ""));
            }
        }
        if (prefix.isEmpty() && table == Key.SERVER) beside.add(TRUNKS);
        Optional<String> near = NearestWord.among(beside, typed)
                .map(name -> prefix + name)
                .or(() -> table.stream()
                        .map(Key::path)
                        .filter(path -> path.endsWith("." + typed))
                        .findFirst());
        return near.map(name -> " (did you mean '" + name + "'?)").orElse("");
    }

    private String place(int line) {
        return file + " line " + line;
    }
}
