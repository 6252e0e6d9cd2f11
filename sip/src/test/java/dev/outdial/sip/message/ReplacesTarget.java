package dev.outdial.sip.message;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Anything as Replaces: it is read, or it is nothing; what is read is written so that it reads the same. */
public final class ReplacesTarget {
    static final List<String> SEEDS = List.of(
            "98732@sip.example.com;from-tag=r33th4x0r;to-tag=ff87ff",
            "12adf2f34456gs5;to-tag=12345;from-tag=54321;early-only",
            "a(b)%c@[::1];to-tag=\"q;uoted\";from-tag=0;other=1");

    private ReplacesTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        Optional<Replaces> read = Replaces.parse(new String(input, StandardCharsets.UTF_8));
        if (read.isEmpty()) return;
        Replaces named = read.get();
        String written = named.toString();
        require(written.length() < 1100, "a bounded value");
        require(written.chars().noneMatch(Character::isISOControl), "a value that can stand in a message");
        require(named.means(named.callId(), named.toTag(), named.fromTag()), "a dialog that it means");
    }

    private static void require(boolean holds, String what) {
        if (!holds) throw new AssertionError("expected: " + what);
    }
}
