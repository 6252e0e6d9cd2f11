package dev.outdial.server.store;

import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Where a page ended: the time and the id of its last item. As text it is made for nobody to read. */
record Cursor(long createdMillis, String id) {

    static Cursor parse(String text) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            int middle = plain.indexOf(' ');
            if (middle > 0) {
                return new Cursor(Long.parseLong(plain.substring(0, middle)), plain.substring(middle + 1));
            }
        } catch (IllegalArgumentException notOurs) {
            // Said below.
        }
        throw new ServiceException(
                ServiceException.Kind.INVALID,
                "cursor",
                "the cursor is not one that a page ended with",
                List.of(new ServiceException.Field("cursor", "take it from next_cursor of the page before")));
    }

    private String text() {
        byte[] plain = (createdMillis + " " + id).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
    }

    /** A page of what was found, which is one more than fits where there are more. */
    static <T> Page<T> page(List<T> found, int limit, Function<T, Cursor> place) {
        return found.size() <= limit
                ? new Page<>(found, Optional.empty())
                : new Page<>(
                        found.subList(0, limit),
                        Optional.of(place.apply(found.get(limit - 1)).text()));
    }
}
