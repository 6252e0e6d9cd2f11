package dev.outdial.dialer.journal;

import java.nio.charset.StandardCharsets;

/** Anything as a stored dialog: it is refused with a sentence, or read and written again as it was. */
public final class StoredDialogTarget {
    private StoredDialogTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        StoredDialog read;
        try {
            read = StoredDialog.parse(text);
        } catch (IllegalArgumentException refused) {
            if (String.valueOf(refused.getMessage()).length() > 200) throw new AssertionError("a long sentence");
            return;
        }
        if (!StoredDialog.parse(read.text()).equals(read)) throw new AssertionError("another dialog");
        if (read.text().lines().count() != 8 + read.routes().size()) throw new AssertionError("another line");
    }
}
