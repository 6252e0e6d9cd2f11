package dev.outdial.server.http.json;

import dev.outdial.server.calls.ServiceException;
import java.util.ArrayList;
import java.util.List;

/** Gathers what is wrong with one request. */
public final class Problems {
    private static final int MOST = 50;

    private final List<ServiceException.Field> fields = new ArrayList<>();

    /** Remembers one; the first of a field and the first fifty of all. */
    public void add(String path, String message) {
        boolean known = fields.stream().anyMatch(field -> field.field().equals(path));
        if (!known && !isFull()) fields.add(new ServiceException.Field(path, message));
    }

    /** Whether one more would not be remembered: what is left need not be looked at. */
    public boolean isFull() {
        return fields.size() >= MOST;
    }

    public boolean isEmpty() {
        return fields.isEmpty();
    }

    /** Throws INVALID where there was any. */
    public void throwIfAny() {
        if (fields.isEmpty()) return;
        String message = fields.size() == 1
                ? "a field cannot be taken: " + fields.getFirst().field() + " "
                        + fields.getFirst().message()
                : fields.size() + " fields cannot be taken";
        throw new ServiceException(ServiceException.Kind.INVALID, "invalid_fields", message, fields);
    }
}
