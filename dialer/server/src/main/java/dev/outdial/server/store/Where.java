package dev.outdial.server.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions that all hold, with their values. One owner. */
final class Where {
    private final StringBuilder text;
    private final List<@Nullable Object> values;

    Where(String condition, Object... values) {
        this.text = new StringBuilder(condition);
        this.values = new ArrayList<>(Arrays.asList(values));
    }

    Where and(String condition, Object... more) {
        text.append(" AND ").append(condition);
        values.addAll(Arrays.asList(more));
        return this;
    }

    /** What comes after a cursor where the newest comes first. */
    Where before(Cursor cursor) {
        return and("(created_ms, id) < (?, ?)", cursor.createdMillis(), cursor.id());
    }

    String text() {
        return text.toString();
    }

    @Nullable
    Object[] with(Object... last) {
        List<@Nullable Object> all = new ArrayList<>(values);
        all.addAll(Arrays.asList(last));
        return all.toArray();
    }
}
