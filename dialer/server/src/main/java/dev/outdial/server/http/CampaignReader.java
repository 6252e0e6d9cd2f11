package dev.outdial.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.calls.Address;
import dev.outdial.server.calls.CampaignService;
import dev.outdial.server.calls.NewCall;
import dev.outdial.server.calls.NewCampaign;
import dev.outdial.server.http.csv.CsvText;
import dev.outdial.server.http.csv.CsvText.BadCsvException;
import dev.outdial.server.http.json.Controls;
import dev.outdial.server.http.json.Fields;
import dev.outdial.server.http.json.JsonText;
import dev.outdial.server.http.json.Problems;
import dev.outdial.server.words.NearestName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** Reads the fields of campaigns that are wanted, and their rows. */
final class CampaignReader {
    private static final String NUMBER = "number";
    private static final int MOST_VARIABLES = 50;
    private static final int MAX_NAME_LENGTH = 100;
    private static final int MAX_VALUE_LENGTH = 1000;
    private static final int MAX_TAG_LENGTH = 256;

    private final NewCalls calls;

    CampaignReader(NewCalls calls) {
        this.calls = calls;
    }

    /** A campaign; what is unknown is refused by the caller, who calls {@link Fields#done}. */
    NewCampaign read(Fields fields) {
        String name = fields.line("name", MAX_NAME_LENGTH).orElse("");
        boolean keepsDuplicates =
                fields.choice("duplicates", List.of("refuse", "keep"), "refuse").equals("keep");
        Optional<Fields> pacing = fields.object("pacing");
        OptionalInt atOnce = pacing.flatMap(pace -> pace.integer("at_once", 1, 100_000)).stream()
                .mapToInt(Integer::intValue)
                .findFirst();
        OptionalDouble perSecond = pacing.flatMap(pace -> pace.number("per_second", 0.01, 1000)).stream()
                .mapToDouble(Double::doubleValue)
                .findFirst();
        pacing.ifPresent(Fields::done);
        List<NewCampaign.Row> rows = rows(fields);
        if (!keepsDuplicates) refuseDuplicates(rows, fields.problems());
        NewCall call = calls.common(fields);
        requireSomethingToDo(fields);
        return new NewCampaign(name, call, rows, atOnce, perSecond);
    }

    /** Whoever is called would hear silence, as nobody controls so many calls one by one. Without rows that is said first. */
    private static void requireSomethingToDo(Fields fields) {
        boolean isSilent = List.of("flow_id", "actions", "play", "say").stream().noneMatch(fields::has);
        if (isSilent && fields.has("rows")) {
            fields.wrong(
                    "say", "is required, or one of play, flow_id and actions: there is nothing to do in the calls");
        }
    }

    private static List<NewCampaign.Row> rows(Fields fields) {
        JsonNode rows = fields.required("rows", fields.any("rows"), fields.nothing());
        if (!fields.has("rows")) return List.of();
        if (rows.isTextual()) return table(rows.textValue(), fields);
        List<JsonNode> items = fields.items("rows", CampaignService.MOST_ROWS);
        if (items.isEmpty()) fields.wrong("rows", "must have 1 to " + CampaignService.MOST_ROWS + " items");
        List<NewCampaign.Row> read = new ArrayList<>();
        for (int i = 0; i < items.size() && !fields.problems().isFull(); i++) {
            read.add(item(items.get(i), i + 1, fields.at("rows") + "[" + i + "]", fields.problems()));
        }
        return read;
    }

    private static NewCampaign.Row item(JsonNode node, int row, String where, Problems problems) {
        boolean isPlain = node.isTextual();
        if (isPlain) return row(row, where, node, Map.of(), "", problems);
        var fields = new Fields(node, where, problems);
        JsonNode to = fields.required("to", fields.any("to"), fields.nothing());
        Map<String, String> variables = fields.map("variables", MOST_VARIABLES, MAX_VALUE_LENGTH);
        String tag = fields.line("tag", MAX_TAG_LENGTH).orElse("");
        fields.done();
        return fields.has("to")
                ? row(row, where + ".to", to, variables, tag, problems)
                : new NewCampaign.Row(row, where, Targets.NOBODY, Map.of(), "");
    }

    private static NewCampaign.Row row(
            int row, String where, JsonNode to, Map<String, String> variables, String tag, Problems problems) {
        Address address = Targets.address(to, where, problems).orElse(Targets.NOBODY);
        return new NewCampaign.Row(row, where, address, variables, tag);
    }

    /** Rows of comma-separated values, the first of which names the columns. */
    private static List<NewCampaign.Row> table(String text, Fields fields) {
        List<CsvText.Row> lines;
        try {
            lines = CsvText.parse(text, CampaignService.MOST_ROWS + 1);
        } catch (BadCsvException unreadable) {
            fields.wrong("rows", String.valueOf(unreadable.getMessage()));
            return List.of();
        }
        if (lines.size() < 2) {
            fields.wrong("rows", "must have a row with the names of the columns, and one or more with numbers");
            return List.of();
        }
        List<String> names = lines.getFirst().cells();
        Problems problems = fields.problems();
        Optional<Integer> number = columns(names, problems);
        if (number.isEmpty()) return List.of();
        List<NewCampaign.Row> rows = new ArrayList<>();
        for (int i = 1; i < lines.size() && !problems.isFull(); i++) {
            CsvText.Row line = lines.get(i);
            if (line.cells().size() == names.size()) {
                rows.add(row(i, line, names, number.get(), problems));
            } else {
                problems.add(
                        "row " + i,
                        "has " + line.cells().size() + " columns where the first row names " + names.size() + " (line "
                                + line.line() + ")");
            }
        }
        return rows;
    }

    /** Which column has the number; empty where the names cannot be taken. */
    private static Optional<Integer> columns(List<String> names, Problems problems) {
        Set<String> known = new LinkedHashSet<>();
        Optional<Integer> number = Optional.empty();
        boolean areGood = names.size() <= MOST_VARIABLES + 1;
        if (!areGood) problems.add("rows", "has more than " + MOST_VARIABLES + " columns besides number");
        for (int i = 0; i < names.size() && areGood; i++) {
            String name = names.get(i);
            boolean isName = !name.isBlank() && name.length() <= MAX_NAME_LENGTH && !Controls.in(name);
            if (!isName) {
                problems.add("column " + (i + 1), "has no good name: 1 to 100 characters without control characters");
            } else if (!known.add(name)) {
                problems.add("column " + (i + 1), "has the name of another one");
            }
            areGood = isName && areGood;
            if (name.equalsIgnoreCase(NUMBER) && number.isEmpty()) number = Optional.of(i);
        }
        if (areGood && number.isEmpty()) {
            problems.add(
                    "rows",
                    NearestName.of(NUMBER, known)
                            .map(near -> "has no column number; is it " + near + "?")
                            .orElse("has no column number, though the first row must name one so"));
        }
        return areGood && known.size() == names.size() ? number : Optional.empty();
    }

    private static NewCampaign.Row row(int row, CsvText.Row line, List<String> names, int number, Problems problems) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            if (i == number) continue;
            String cell = line.cells().get(i);
            if (cell.length() > MAX_VALUE_LENGTH || Controls.in(cell)) {
                problems.add(
                        "row " + row + ", column " + names.get(i),
                        "is longer than " + MAX_VALUE_LENGTH + " characters or has a control character (line "
                                + line.line() + ")");
            } else {
                variables.put(names.get(i), cell);
            }
        }
        JsonNode to = JsonText.MAPPER.getNodeFactory().textNode(line.cells().get(number));
        return row(row, "row " + row + ", column " + NUMBER, to, variables, "", problems);
    }

    /** Nobody wants to be called twice for a slip in a table. */
    private static void refuseDuplicates(List<NewCampaign.Row> rows, Problems problems) {
        Map<String, Integer> known = new HashMap<>();
        for (NewCampaign.Row row : rows) {
            if (row.to().equals(Targets.NOBODY)) continue;
            Integer before = known.putIfAbsent(row.to().target(), row.row());
            if (before != null)
                problems.add(row.where(), "is that of row " + before + " once more; duplicates: keep dials it again");
        }
    }
}
