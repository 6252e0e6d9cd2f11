package dev.outdial.server.calls;

/**
 * What a telephone number is.
 *
 * @param valid whether it may be somebody's, as the trunk it would be dialled over has it: a trunk on this machine, where nobody is really
 *     called, takes any that is possible
 * @param e164 with its country code, {@code +} first; empty where it is not valid, as are all the others
 * @param country ISO 3166-1 alpha-2; empty for numbers of no country too
 * @param callingCode of the country, as {@code 49}
 * @param national as it is written within the country
 * @param type mobile, fixed-line, premium-rate, toll-free, voip or unknown
 */
public record NumberReading(
        boolean valid, String e164, String country, String callingCode, String national, String type) {
    /** Of what is no number. */
    public static final NumberReading INVALID = new NumberReading(false, "", "", "", "", "unknown");
}
