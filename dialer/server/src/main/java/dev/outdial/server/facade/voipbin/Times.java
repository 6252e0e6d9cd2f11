package dev.outdial.server.facade.voipbin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** How a time is written that has not come yet. */
enum Times {
    /** As a time that never comes. */
    SENTINEL,
    /** As empty text. */
    EMPTY,
    /** Not at all. */
    OMIT;

    private static final String NEVER = "9999-01-01 00:00:00.000000";
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** @param setting of the configuration, or what a callback carries; anything else is the first */
    static Times of(String setting) {
        return switch (setting) {
            case "empty" -> EMPTY;
            case "omit" -> OMIT;
            default -> SENTINEL;
        };
    }

    static String text(Instant time) {
        return FORM.format(time);
    }

    /** Empty where it is no such time. */
    static Optional<Instant> parse(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text, FORM).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException otherwise) {
            return Optional.empty();
        }
    }

    void put(ObjectNode json, String name, Optional<Instant> time) {
        if (time.isPresent()) {
            json.put(name, text(time.get()));
        } else if (this != OMIT) {
            json.put(name, this == EMPTY ? "" : NEVER);
        }
    }
}
