package dev.outdial.dialer.flow.json;

import dev.outdial.dialer.digits.Digits;
import dev.outdial.dialer.flow.KeyAction.DigitsReceive;
import dev.outdial.dialer.flow.KeyAction.DigitsSend;
import dev.outdial.dialer.flow.KeyAction.Gather;
import dev.outdial.dialer.flow.KeyAction.OptOut;
import dev.outdial.dialer.gather.GatherRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;

/** Reads what has to do with keys. */
final class KeyActions {
    private static final int USUAL_RECEIVE_MILLIS = 10_000;
    private static final int MOST_SENT = 100;

    private KeyActions() {}

    static DigitsReceive digitsReceive(Options options) {
        Duration duration = options.millis("duration", USUAL_RECEIVE_MILLIS, 0, Options.DAY_MILLIS);
        OptionalInt length = options.whole("length", 0, Digits.MOST);
        String keys = keysOrVariable(options, "key");
        // Nothing said of an end is one key; a key said, or a length of 0, is as many as are pressed.
        boolean one = !options.has("length") && keys.isEmpty();
        boolean any = length.isEmpty() || length.getAsInt() == 0;
        return new DigitsReceive(
                duration.isZero() ? Duration.ofMillis(USUAL_RECEIVE_MILLIS) : duration,
                one ? OptionalInt.of(1) : any ? OptionalInt.empty() : length,
                keys,
                options.flag("include_key", true));
    }

    static Gather gather(Options options) {
        OptionalInt most = options.whole("max_digits", 1, GatherRequest.MOST_DIGITS);
        String terminating =
                keys(options, options.spelling("terminating_digits", "terminating", "terminating_digit"), "#");
        double longest = GatherRequest.LONGEST_INTER_DIGIT_TIME.toSeconds();
        double seconds = options.decimal("inter_digit_timeout", 5, 0.1, longest);
        String allowed = keys(options, "allowed_digits", Digits.ALL_KEYS);
        boolean bargeIn = options.flag(options.spelling("barge_in", "bargeable"), true);
        var request = new GatherRequest(
                most,
                terminating,
                Duration.ofMillis(Math.round(seconds * 1000)),
                allowed.isEmpty() ? Digits.ALL_KEYS : allowed,
                bargeIn,
                options.flag("type_ahead", true),
                options.written("tag"));
        return new Gather(request, SoundActions.prompt(options, "prompt"));
    }

    static DigitsSend digitsSend(Options options) {
        String key = options.spelling("digits", "dtmfs");
        String digits = upperCase(options.requiredText(key));
        // What variables leave is looked at when it is sent.
        if (!isOpen(digits) && options.raw(key).isPresent()) {
            if (digits.length() > MOST_SENT) {
                options.error(key, digits.length() + " keys are too many: at most " + MOST_SENT + " are expected");
            } else {
                checkKeys(options, key, digits);
            }
        }
        return new DigitsSend(
                digits, options.millis("duration", 250, 100, 1000), options.millis("interval", 100, 0, 5000));
    }

    static OptOut optOut(Options options) {
        String keys = keys(options, "key", "");
        if (keys.length() != 1) options.error("key", "one key is expected: 0-9, *, #, A-D");
        return new OptOut(
                keys.isEmpty() ? '0' : keys.charAt(0),
                SoundActions.words(options, "text"),
                options.millis("duration", 5000, 0, Options.DAY_MILLIS),
                SoundActions.words(options, "confirmation"),
                options.id("target_id"));
    }

    /** The same where variables may hold some; none where nothing is written. */
    static String keysOrVariable(Options options, String key) {
        return options.text(key).map(String::strip).filter(KeyActions::isOpen).orElseGet(() -> keys(options, key, ""));
    }

    private static boolean isOpen(String text) {
        return text.contains("${");
    }

    /** As keys are written; names of variables stay as they are. */
    private static String upperCase(String text) {
        return isOpen(text) ? text.strip() : text.strip().toUpperCase(Locale.ROOT);
    }

    /** Keys that are written one after another; an empty text is none of them. */
    static String keys(Options options, String key, String usual) {
        String keys = options.text(key).map(KeyActions::upperCase).orElse(usual);
        return checkKeys(options, key, keys) ? keys : usual;
    }

    private static boolean checkKeys(Options options, String key, String keys) {
        var wrong = keys.codePoints()
                .filter(c -> c > 127 || !Digits.isKey((char) c))
                .findFirst();
        wrong.ifPresent(c -> options.error(key, Quoted.of(Character.toString(c)) + " is not a key (0-9, *, #, A-D)"));
        return wrong.isEmpty();
    }
}
