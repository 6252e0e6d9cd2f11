package dev.outdial.dialer.flow.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.dialer.flow.FlowException;
import dev.outdial.dialer.flow.FlowFinding;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where everything stands in the JSON of a flow. Immutable. */
public final class FlowPlaces {
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<String, String> texts = new LinkedHashMap<>();

    private FlowPlaces(JsonNode tree) {
        note(tree.isArray() ? Paths.ACTIONS : "", tree);
    }

    /**
     * Looks at a text.
     *
     * @throws FlowException where it is no JSON, or too long
     */
    public static FlowPlaces of(String json) {
        return of(FlowText.parse(json));
    }

    static FlowPlaces of(JsonNode tree) {
        return new FlowPlaces(tree);
    }

    private void note(String path, JsonNode node) {
        places.put(path, places.size());
        if (node.isTextual()) texts.put(path, node.textValue());
        int index = 0;
        for (JsonNode element : node.isArray() ? node : List.<JsonNode>of()) note(Paths.of(path, index++), element);
        if (node.isObject()) node.properties().forEach(entry -> note(Paths.of(path, entry.getKey()), entry.getValue()));
    }

    /** The path of a value by its key, such as {@code actions[2].option.target_ids["1"]}. */
    public static String path(String parent, String key) {
        return Paths.of(parent, key);
    }

    /** All texts by their paths, in the order of the JSON; keys are none. */
    public Map<String, String> texts() {
        return java.util.Collections.unmodifiableMap(texts);
    }

    /** The same findings, sorted by where they stand; what is missing stands where it would. */
    public List<FlowFinding> inOrder(List<FlowFinding> findings) {
        return findings.stream()
                .sorted(Comparator.comparingInt(finding -> place(finding.path())))
                .toList();
    }

    private int place(String path) {
        for (String there = path; !there.isEmpty(); there = parent(there)) {
            Integer place = places.get(there);
            if (place != null) return place;
        }
        // Of the whole text; that there is more than can be told comes last.
        return Integer.MAX_VALUE;
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }
}
