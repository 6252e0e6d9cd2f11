package dev.outdial.server.facade.bandwidth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.outdial.server.calls.Page;
import dev.outdial.server.facade.Asked;
import dev.outdial.server.http.json.JsonText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which part of a list is asked for: pages by number, where ours go on from a cursor.
 *
 * @param page from 0
 * @param size 1 to 1000
 * @param oldestFirst ours are the newest first
 */
record Paging(int page, int size, boolean oldestFirst) {
    static final int AT_ONCE = 1000;
    private static final int USUAL_SIZE = 25;

    static Paging read(Asked asked) {
        return new Paging(
                integer(asked, "page", 0, Integer.MAX_VALUE / AT_ONCE, 0),
                integer(asked, "size", 1, AT_ONCE, USUAL_SIZE),
                oldestFirst(asked));
    }

    private static boolean oldestFirst(Asked asked) {
        return switch (asked.query("sortOrder").orElse("desc").toLowerCase(Locale.ROOT)) {
            case "asc" -> true;
            case "desc" -> false;
            default -> throw Refusal.invalid("The parameter sortOrder must be asc or desc");
        };
    }

    private static int integer(Asked asked, String name, int least, int most, int usual) {
        String text = asked.query(name).orElse("");
        if (text.isEmpty()) return usual;
        if (!text.matches("[0-9]{1,9}")) throw Refusal.invalid("The parameter " + name + " must be a whole number");
        int number = Integer.parseInt(text);
        if (number < least || number > most) {
            throw Refusal.invalid("The parameter " + name + " must be from " + least + " to " + most);
        }
        return number;
    }

    /**
     * This part of what a store lists from cursor to cursor. Where the oldest come first, all are read.
     *
     * @param list a page of ours from a cursor on
     */
    <T> List<T> of(Function<Optional<String>, Page<T>> list, Predicate<T> wanted) {
        long from = (long) page * size;
        List<T> found = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<T> next = list.apply(cursor);
            next.items().stream().filter(wanted).forEach(found::add);
            cursor = next.next();
        } while (cursor.isPresent() && (oldestFirst || found.size() < from + size));
        if (oldestFirst) Collections.reverse(found);
        return found.stream().skip(from).limit(size).toList();
    }

    /** Without a frame around it. */
    static <T> ArrayNode array(List<T> items, Function<T, ? extends JsonNode> json) {
        ArrayNode array = JsonText.MAPPER.createArrayNode();
        items.forEach(item -> array.add(json.apply(item)));
        return array;
    }
}
