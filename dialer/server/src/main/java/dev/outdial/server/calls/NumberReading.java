package dev.outdial.server.calls;

/**
 * What a telephone number is.
 *
 * @param valid whether it may be somebody's, as the trunk it would be dialled over has it: a trunk on this machine, where nobody is really
 *     called, takes any that is possible
 * @param e164 with its country code, {@code +} first; empty where it is not valid
 */
public record NumberReading(boolean valid, String e164) {
    /** Of what is no number. */
    public static final NumberReading INVALID = new NumberReading(false, "");
}
