package dev.outdial.server.facade.voipbin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.Page;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Asked;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lists, page by page, the newest first. A page's token is the time of its last row. Times are stored by the millisecond: where several rows
 * have the same, the microseconds of the token say how many of them were shown besides the first. Pure.
 */
final class Pages {
    private static final int MOST = 100;
    private static final int AT_ONCE = 1000;
    private static final long MICRO = 1000;

    private Pages() {}

    /** Rows from a cursor on. */
    interface Source<T> {
        Page<T> page(Optional<String> cursor, int limit);
    }

    /** Rows that are older than a time, where one is given. */
    interface Before<T> {
        Source<T> before(Optional<Instant> time);
    }

    /** What of a list was asked for. */
    record Wanted(int size, Optional<Instant> token) {
        static Wanted of(Asked asked) {
            int size = asked.query("page_size").map(Wanted::size).orElse(MOST);
            Optional<String> token = asked.query("page_token").filter(text -> !text.isEmpty());
            Optional<Instant> time = token.flatMap(Times::parse);
            if (token.isPresent() && time.isEmpty()) {
                throw Refusal.invalid("page_token is none: it is the next_page_token of the page before");
            }
            return new Wanted(size, time);
        }

        private static int size(String text) {
            if (!text.matches("[0-9]{1,4}")) return MOST;
            int size = Integer.parseInt(text);
            return size < 1 || size > MOST ? MOST : size;
        }

        /** The first row is older than that. */
        Optional<Instant> before() {
            return token.map(time -> time.truncatedTo(ChronoUnit.MILLIS).plusMillis(1));
        }

        private long toSkip() {
            return token.map(time -> time.getNano() / MICRO % MICRO + 1).orElse(0L);
        }
    }

    /** @param created when a row was made */
    static <T> Answer answer(
            Wanted wanted, Before<T> rows, Function<T, Instant> created, Function<T, ObjectNode> view) {
        List<T> found = rows(wanted, rows.before(wanted.before()), created);
        boolean hasMore = found.size() > wanted.size();
        List<T> shown = hasMore ? found.subList(0, wanted.size()) : found;
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode result = json.putArray("result");
        shown.forEach(row -> result.add(view.apply(row)));
        json.put(
                "next_page_token",
                hasMore ? token(wanted, shown.stream().map(created).toList()) : "");
        return Answer.json(200, json);
    }

    /** One more than wanted, where there are more. */
    private static <T> List<T> rows(Wanted wanted, Source<T> source, Function<T, Instant> created) {
        var rows = new ArrayList<T>();
        long toSkip = wanted.toSkip();
        Optional<String> cursor = Optional.empty();
        do {
            Page<T> page = source.page(cursor, wanted.token().isPresent() ? AT_ONCE : wanted.size() + 1);
            for (T row : page.items()) {
                Instant time = millis(created.apply(row));
                boolean isNewer =
                        wanted.before().filter(limit -> !time.isBefore(limit)).isPresent();
                boolean isSame = wanted.token()
                        .filter(token -> millis(token).equals(time))
                        .isPresent();
                if (isNewer) continue;
                if (isSame && toSkip > 0) toSkip--;
                else if (rows.size() <= wanted.size()) rows.add(row);
            }
            cursor = page.next();
        } while (cursor.isPresent() && rows.size() <= wanted.size());
        return rows;
    }

    private static String token(Wanted wanted, List<Instant> shown) {
        Instant last = millis(shown.getLast());
        long same = shown.stream().filter(time -> millis(time).equals(last)).count();
        boolean goesOn =
                wanted.token().filter(token -> millis(token).equals(last)).isPresent();
        long before = goesOn ? wanted.toSkip() : 0;
        return Times.text(last.plus(before + same - 1, ChronoUnit.MICROS));
    }

    private static Instant millis(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }
}
