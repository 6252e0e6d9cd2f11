package dev.outdial.server.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** YAML as texts, lists and maps, each with the line it stands in. What a text means is for its reader. */
sealed interface Yaml {
    /** Where it begins, from 1. */
    int line();

    /** A text, number or word; {@code isEmpty} where nothing is written after the colon. */
    record Text(int line, String text, boolean isEmpty) implements Yaml {}

    /** Items of a list. */
    record Items(int line, List<Yaml> items) implements Yaml {
        /** Copies the items. */
        public Items {
            items = List.copyOf(items);
        }
    }

    /** Entries by their keys, in the order of the file. */
    record Entries(int line, Map<String, Entry> entries) implements Yaml {}

    /** @param line of the key */
    record Entry(int line, Yaml value) {}

    /**
     * Reads a document; an empty one is a map without entries.
     *
     * @throws ConfigException where it is no YAML, or uses what a configuration does not need
     */
    static Yaml read(String text, String file) {
        try (YAMLParser parser = new YAMLFactory().createParser(text)) {
            var reading = new Reading(parser, file);
            return parser.nextToken() == null ? new Entries(1, Map.of()) : reading.whole();
        } catch (JsonProcessingException broken) {
            throw new ConfigException(file + " line " + broken.getLocation().getLineNr() + ": this is no YAML: "
                    + broken.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (IOException impossible) {
            throw new IllegalStateException("a text cannot be read", impossible);
        }
    }

    /** One walk over a document. */
    final class Reading {
        private static final int DEEPEST = 8;

        private final YAMLParser parser;
        private final String file;

        private Reading(YAMLParser parser, String file) {
            this.parser = parser;
            this.file = file;
        }

        private Yaml whole() throws IOException {
            Yaml value = value(0);
            if (parser.nextToken() != null) throw wrong(line(), "one document is expected, and another begins here");
            return value;
        }

        private Yaml value(int depth) throws IOException {
            int line = line();
            if (depth > DEEPEST) throw wrong(line, "nothing in a configuration lies so deep");
            if (parser.isCurrentAlias()) throw wrong(line, "aliases (*name) are not taken: write it out");
            JsonToken token = parser.currentToken();
            if (token == JsonToken.START_OBJECT) return entries(line, depth);
            if (token == JsonToken.START_ARRAY) return items(line, depth);
            boolean isEmpty = token == JsonToken.VALUE_NULL;
            return new Text(line, isEmpty ? "" : parser.getText(), isEmpty);
        }

        private Yaml entries(int line, int depth) throws IOException {
            var entries = new LinkedHashMap<String, Entry>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                int keyLine = line();
                JsonToken unused = parser.nextToken();
                if (entries.put(key, new Entry(keyLine, value(depth + 1))) != null) {
                    throw wrong(keyLine, "'" + key + "' stands here a second time");
                }
            }
            return new Entries(line, entries);
        }

        private Yaml items(int line, int depth) throws IOException {
            var items = new ArrayList<Yaml>();
            while (parser.nextToken() != JsonToken.END_ARRAY) items.add(value(depth + 1));
            return new Items(line, items);
        }

        private int line() {
            return parser.currentTokenLocation().getLineNr();
        }

        private ConfigException wrong(int line, String sentence) {
            return new ConfigException(file + " line " + line + ": " + sentence);
        }
    }
}
