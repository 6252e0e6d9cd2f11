package dev.outdial.server.calls;

/**
 * Who calls or is called.
 *
 * @param type what kind of target
 * @param target {@code +15551234567}, {@code sip:user@host} or {@code user@realm}
 * @param name shown beside it; may be empty
 */
public record Address(Type type, String target, String name) {
    /** Kinds of targets. */
    public enum Type {
        TEL,
        SIP,
        EXTENSION
    }
}
