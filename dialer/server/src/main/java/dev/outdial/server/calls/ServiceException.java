package dev.outdial.server.calls;

import java.io.Serial;
import java.util.List;

/** Something cannot be done, for a reason that its asker is told. Its texts hold no class name, path or SQL. */
public final class ServiceException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String code;
    private final transient List<Field> fields;

    /** What kind of trouble; HTTP knows a status for each. */
    public enum Kind {
        /** 400 or 422: what was sent makes no sense. */
        INVALID,
        /** 404. */
        NOT_FOUND,
        /** 409: it stands where this cannot be done. */
        CONFLICT,
        /** 403: the guard or the scope says no. */
        FORBIDDEN,
        /** 429. */
        TOO_MANY,
        /** 503: not now. */
        UNAVAILABLE
    }

    /** A field of the request, such as {@code to.target}, and what is wrong with it. */
    public record Field(String field, String message) {}

    /** @param code a stable word, such as {@code call_over} */
    public ServiceException(Kind kind, String code, String message, List<Field> fields) {
        super(message);
        this.kind = kind;
        this.code = code;
        this.fields = List.copyOf(fields);
    }

    /** Without fields. */
    public ServiceException(Kind kind, String code, String message) {
        this(kind, code, message, List.of());
    }

    public Kind kind() {
        return kind;
    }

    public String code() {
        return code;
    }

    public List<Field> fields() {
        return fields;
    }
}
