package dev.outdial.dialer.flow;

/**
 * Who calls or is called, as a flow's author writes it.
 *
 * @param type what kind of target
 * @param target {@code +15551234567}, {@code sip:user@host} or {@code user@realm}; may hold variables
 * @param name shown beside it; may be empty
 */
public record FlowAddress(Type type, String target, String name) {
    /** Kinds of targets. */
    public enum Type {
        /** A number in E.164, over a trunk. */
        TEL,
        /** A SIP URI. */
        SIP,
        /** A user of a trunk. */
        EXTENSION
    }
}
