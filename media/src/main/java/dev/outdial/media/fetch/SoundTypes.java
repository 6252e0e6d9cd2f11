package dev.outdial.media.fetch;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which media types may be sound. What a body is, its content says; what it says it is, is believed where that is something else. */
final class SoundTypes {
    /** What servers say that were not told. */
    private static final Set<String> ANYTHING =
            Set.of("application/octet-stream", "binary/octet-stream", "application/ogg", "video/ogg", "video/mpeg");

    private SoundTypes() {}

    /** Why it cannot be sound, as in "its answer is a web page"; empty where it may be. */
    static Optional<String> objection(Optional<String> contentType) {
        String type = contentType.orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (type.isEmpty() || type.startsWith("audio/") || ANYTHING.contains(type)) return Optional.empty();
        return Optional.of(
                switch (type) {
                    case "text/html", "application/xhtml+xml" -> "its answer is a web page, no sound";
                    default -> "its answer is " + shown(type) + ", no sound";
                });
    }

    /** The server's words. */
    private static String shown(String type) {
        return type.length() <= 60 && type.matches("[a-z0-9!#$&^_.+/-]+") ? "of type " + type : "of a strange type";
    }
}
