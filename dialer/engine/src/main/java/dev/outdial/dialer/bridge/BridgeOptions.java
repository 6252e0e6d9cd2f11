package dev.outdial.dialer.bridge;

/**
 * How two calls are joined.
 *
 * @param passingKeys whether a key that comes as a telephone-event is pressed at the other far end when it is released. Keys in the
 *     sound are heard there as they are, whatever this says; those by INFO are not passed on
 * @param earlyMedia whether calls are joined before they are answered: who listens already hears the network's ringing and
 *     announcements of the other. A call to us listens once it {@linkplain dev.outdial.dialer.IncomingCall#ringWithMedia rings with
 *     media}; one that may take several attempts is heard from its answer on
 */
public record BridgeOptions(boolean passingKeys, boolean earlyMedia) {
    /** Keys are passed on, as far ends expect it, and calls are joined when both are answered. */
    public static final BridgeOptions DEFAULT = new BridgeOptions(true);

    /** Without early media. */
    public BridgeOptions(boolean passingKeys) {
        this(passingKeys, false);
    }

    /** The same with early media. */
    public BridgeOptions withEarlyMedia() {
        return new BridgeOptions(passingKeys, true);
    }
}
