package dev.outdial.server.facade.voipbin;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids as VoIPBin has them: UUIDs, and one of zeros for nothing. */
final class Ids {
    static final String NONE = "00000000-0000-0000-0000-000000000000";

    private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final int POSITIVE = 0x7FFF_FFFF;

    private Ids() {}

    static boolean is(String text) {
        return FORM.matcher(text).matches();
    }

    static String orNone(String id) {
        return is(id) ? id : NONE;
    }

    static Optional<String> known(String id) {
        return is(id) && !id.equals(NONE) ? Optional.of(id) : Optional.empty();
    }

    /** The id of what has none of its own: always the same of the same thing. */
    static String made(String what, String id) {
        return UUID.nameUUIDFromBytes((what + " " + id).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** The number that its first version knew a customer by. */
    static int userId(String account) {
        return is(account) ? (int) UUID.fromString(account).getLeastSignificantBits() & POSITIVE : 1;
    }
}
