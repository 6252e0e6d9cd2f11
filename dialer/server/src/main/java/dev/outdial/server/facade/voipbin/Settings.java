package dev.outdial.server.facade.voipbin;

import dev.outdial.server.calls.Callbacks;
import dev.outdial.server.facade.FacadeOptions;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * How this API is served, by the configuration.
 *
 * @param answersObject whether new calls are answered in an object, as its later versions have it; an array otherwise
 * @param times how times are written that have not come yet
 * @param callbacks where all that happens to its calls is told; nowhere where empty
 * @param balance what may be spent; any amount where empty
 * @param ringTime how long a call rings
 * @param longest how long a call lasts at most
 * @param holdMusic URL of what is heard on hold; silence where empty
 */
record Settings(
        boolean answersObject,
        Times times,
        Optional<Callbacks> callbacks,
        Optional<BigDecimal> balance,
        Duration ringTime,
        Duration longest,
        Optional<String> holdMusic) {
    private static final Duration TRY = Duration.ofSeconds(30);

    static Settings of(FacadeOptions options) {
        String times = options.setting("unset_time", "sentinel");
        String balance = options.setting("balance", "");
        String uri = options.setting("webhook_uri", "");
        return new Settings(
                options.setting("response", "array").equals("object"),
                Times.of(times),
                uri.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Callbacks(
                                uri,
                                options.setting("webhook_method", "POST").toUpperCase(Locale.ROOT),
                                TRY,
                                "",
                                VoipbinFacade.NAME,
                                times)),
                balance.isBlank() ? Optional.empty() : Optional.of(amount(balance)),
                seconds(options.setting("ring_seconds", ""), 60),
                seconds(options.setting("longest_seconds", ""), 3600),
                Optional.of(options.setting("hold_music", "")).filter(url -> !url.isEmpty()));
    }

    /** What is no number of seconds is what VoIPBin has. */
    private static Duration seconds(String text, int usual) {
        return Duration.ofSeconds(text.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(text) : usual);
    }

    /** What is no number can buy nothing. */
    private static BigDecimal amount(String text) {
        try {
            return new BigDecimal(text.strip());
        } catch (NumberFormatException none) {
            return BigDecimal.ZERO;
        }
    }
}
