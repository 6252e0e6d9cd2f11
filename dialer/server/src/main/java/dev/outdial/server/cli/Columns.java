package dev.outdial.server.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows of text under one another, each column as wide as its longest text. */
final class Columns {
    private final List<List<String>> rows = new ArrayList<>();

    Columns row(String... texts) {
        rows.add(List.of(texts));
        return this;
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                String text = row.get(i);
                line.append(text);
                if (i + 1 < row.size()) line.append(" ".repeat(width(i) - text.length() + 2));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> row.size() > column)
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(0);
    }
}
