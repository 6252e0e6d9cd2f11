package dev.outdial.server.calls.live;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import dev.outdial.dialer.guard.Destination;
import dev.outdial.dialer.guard.GuardPolicy;
import dev.outdial.dialer.guard.NumberPlan;
import dev.outdial.server.calls.NumberReading;
import java.util.Optional;

/** Reads numbers. <b>Threading:</b> any. */
final class Numbers {
    private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();

    private Numbers() {}

    /**
     * What it is for those who keep to that policy: numbers that nobody has are valid where they may be dialled.
     *
     * @param country whose national numbers are read, too; empty where it is international
     */
    static NumberReading read(String number, String country, GuardPolicy policy) {
        boolean mayBeMadeUp = policy.kinds().contains(Destination.Kind.UNASSIGNED);
        return e164(number, country)
                .flatMap(Numbers::parsed)
                .filter(one -> mayBeMadeUp ? PLANS.isPossibleNumber(one) : PLANS.isValidNumber(one))
                .map(Numbers::reading)
                .orElse(NumberReading.INVALID);
    }

    private static Optional<String> e164(String number, String country) {
        try {
            return country.isEmpty()
                    ? new NumberPlan(Optional.empty())
                            .read(international(number))
                            .e164()
                    : new NumberPlan(Optional.of(country)).read(number).e164();
        } catch (IllegalArgumentException noSuchCountry) {
            return Optional.empty();
        }
    }

    private static String international(String number) {
        String typed = number.strip();
        return typed.startsWith("+") || typed.startsWith("00") ? typed : "+" + typed;
    }

    private static Optional<PhoneNumber> parsed(String e164) {
        try {
            return Optional.of(PLANS.parse(e164, null));
        } catch (NumberParseException none) {
            return Optional.empty();
        }
    }

    private static NumberReading reading(PhoneNumber number) {
        String country = Optional.ofNullable(PLANS.getRegionCodeForNumber(number))
                .filter(code -> code.length() == 2)
                .orElse("");
        return new NumberReading(
                true,
                PLANS.format(number, PhoneNumberFormat.E164),
                country,
                Integer.toString(number.getCountryCode()),
                PLANS.format(number, PhoneNumberFormat.NATIONAL),
                type(number));
    }

    private static String type(PhoneNumber number) {
        return switch (PLANS.getNumberType(number)) {
            case MOBILE -> "mobile";
            case FIXED_LINE -> "fixed-line";
            case PREMIUM_RATE -> "premium-rate";
            case TOLL_FREE -> "toll-free";
            case VOIP -> "voip";
            case FIXED_LINE_OR_MOBILE, SHARED_COST, PERSONAL_NUMBER, PAGER, UAN, VOICEMAIL, UNKNOWN -> "unknown";
        };
    }
}
