package dev.outdial.server.calls.live;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import dev.outdial.dialer.guard.Destination;
import dev.outdial.dialer.guard.DialGuard;
import dev.outdial.dialer.guard.GuardPolicy;
import dev.outdial.server.calls.NumberReading;
import java.util.Optional;

/** Reads numbers that are written in international format. <b>Threading:</b> any. */
final class Numbers {
    private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();

    private Numbers() {}

    /** What it is for those who keep to that policy: numbers that nobody has are valid where they may be dialled. */
    static NumberReading read(String number, GuardPolicy policy) {
        Optional<String> e164 =
                new DialGuard(policy).read(international(number)).e164();
        boolean mayBeMadeUp = policy.kinds().contains(Destination.Kind.UNASSIGNED);
        return e164.filter(one -> isValid(one, mayBeMadeUp))
                .map(one -> new NumberReading(true, one))
                .orElse(NumberReading.INVALID);
    }

    private static String international(String number) {
        String typed = number.strip();
        return typed.startsWith("+") || typed.startsWith("00") ? typed : "+" + typed;
    }

    private static boolean isValid(String e164, boolean mayBeMadeUp) {
        try {
            PhoneNumber number = PLANS.parse(e164, null);
            return mayBeMadeUp ? PLANS.isPossibleNumber(number) : PLANS.isValidNumber(number);
        } catch (NumberParseException none) {
            return false;
        }
    }
}
