package dev.outdial.server.cli;

import dev.outdial.dialer.digits.Digits;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The keys of {@code call}: those that are pressed and those that are waited for. */
final class KeyOptions {
    @Option(
            names = "--send-digits",
            paramLabel = "DIGITS",
            defaultValue = "",
            description = "keys to press after the media: 0-9 * # A-D; , and w pause for half a second, W for one")
    private String sendDigits = "";

    @ArgGroup
    private @Nullable Collecting collecting;

    @Option(
            names = "--within",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "how long to wait for digits (default: ${DEFAULT-VALUE})")
    private Duration within = Duration.ofSeconds(10);

    private static final class Collecting {
        @Option(names = "--collect", paramLabel = "N", description = "wait for this many digits, 1 to " + Digits.MOST)
        private @Nullable Integer count;

        @Option(names = "--collect-until", paramLabel = "KEY", description = "wait for digits up to this key")
        private @Nullable String terminator;
    }

    /** The keys to press, perhaps none. */
    String pressed() {
        for (int place = 0; place < sendDigits.length(); place++) {
            String key = sendDigits.substring(place, place + 1);
            if (!Digits.areKeysOrPauses(key)) {
                throw new UsageException(
                        "--send-digits: '" + key + "' is not a key (0-9, *, #, A-D) or a pause (, w W)");
            }
        }
        return sendDigits;
    }

    /** The keys to wait for, where any are. */
    Optional<Digits> collected() {
        if (collecting == null) {
            return Optional.empty();
        }
        Digits rule = collecting.count == null ? until(collecting.terminator) : count(collecting.count);
        return Optional.of(rule.within(within));
    }

    private static Digits count(int count) {
        if (count < 1 || count > Digits.MOST) {
            throw new UsageException("--collect: " + count + " is not 1 to " + Digits.MOST);
        }
        return Digits.digits(count);
    }

    private static Digits until(@Nullable String terminator) {
        if (terminator == null || terminator.length() != 1 || !Digits.isKey(terminator.charAt(0))) {
            throw new UsageException("--collect-until: '" + terminator + "' is not one key (0-9, *, #, A-D)");
        }
        return Digits.until(terminator.charAt(0));
    }
}
