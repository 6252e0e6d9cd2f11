package dev.outdial.server.cli;

import java.util.ArrayList;
import java.util.List;

/** Splits a command that was typed as one text into its words; nothing in it is expanded. */
final class CommandWords {
    private CommandWords() {}

    /**
     * Words are apart by spaces; single or double quotes hold together what is between them.
     *
     * @throws UsageException if a quote is not closed
     */
    static List<String> split(String typed) {
        List<String> words = new ArrayList<>();
        var word = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (char c : typed.toCharArray()) {
            if (quote != 0) {
                if (c == quote) quote = 0;
                else word.append(c);
            } else if (c == '\'' || c == '"') {
                quote = c;
                begun = true;
            } else if (c == ' ' || c == '\t') {
                if (begun) words.add(word.toString());
                word.setLength(0);
                begun = false;
            } else {
                word.append(c);
                begun = true;
            }
        }
        if (quote != 0) throw new UsageException("a quote (" + quote + ") is not closed in the command");
        if (begun) words.add(word.toString());
        return words;
    }
}
