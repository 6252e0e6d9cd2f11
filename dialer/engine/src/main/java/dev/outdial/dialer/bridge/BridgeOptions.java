package dev.outdial.dialer.bridge;

/**
 * How two calls are joined.
 *
 * @param passingKeys whether a key that comes as a telephone-event is pressed at the other far end when it is released. Keys in the
 *     sound are heard there as they are, whatever this says; those by INFO are not passed on
 */
public record BridgeOptions(boolean passingKeys) {
    /** Keys are passed on: far ends expect it. */
    public static final BridgeOptions DEFAULT = new BridgeOptions(true);
}
