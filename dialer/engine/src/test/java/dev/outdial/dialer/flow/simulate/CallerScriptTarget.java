package dev.outdial.dialer.flow.simulate;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Anything as a script: it is read, or refused with the line that is wrong. */
public final class CallerScriptTarget {
    private CallerScriptTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        try {
            for (CallerScript caller : CallerScript.readAll(text)) {
                for (CallerLine.Deed deed : caller.all(CallerLine.Deed.class)) {
                    if (!CallerScript.of(deed.words()).lines().equals(List.of(deed))) {
                        throw new AssertionError(deed + " is another when written and read");
                    }
                }
            }
        } catch (ScriptException refused) {
            if (refused.line() < 1 || refused.line() > text.split("\\R", -1).length) {
                throw new AssertionError("there is no such line", refused);
            }
        }
    }

    public static List<byte[]> seeds() {
        return List.of(
                bytes("answers after 4s\npresses 12# after \"Enter\"\npresses 1 1.5s after \"a\"\nhangs up at 30s\n"),
                bytes("caller a\ndestination +15551234567 answers after 3s and talks for 20s\ncallee +1\ncaller b\n"),
                bytes(
                        "fetch https://a/b gives c.json\nvariable name = Ann # x\npresses 9 during \"b\" # c\nis a machine"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
