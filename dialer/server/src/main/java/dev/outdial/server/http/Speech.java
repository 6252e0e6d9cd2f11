package dev.outdial.server.http;

import dev.outdial.server.http.json.Fields;

/** What is to be said now. @param times 1 to 100 */
record Speech(String text, String language, String voice, int times) {
    static Speech read(Fields fields) {
        return new Speech(
                fields.required("text", fields.words("text", PlanReader.MAX_TEXT), ""),
                fields.line("language", 20).orElse(PlanReader.LANGUAGE),
                fields.line("voice", 60).orElse(""),
                fields.integer("repeat", 1, 100).orElse(1));
    }
}
