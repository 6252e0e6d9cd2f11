package dev.outdial.dialer.call;

import dev.outdial.dialer.incoming.IncomingOptions;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.Parameters;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** When a call to us is answered that nobody decides on. Pure. */
public final class AutoAnswer {
    private static final long LONGEST_SECONDS = 60;

    private AutoAnswer() {}

    /** After which time; empty where never. What the caller asks for counts only where the options obey it. */
    public static Optional<Duration> after(IncomingOptions options, Headers invite) {
        if (options.answerAfter().isPresent() || !options.obeyingCaller()) return options.answerAfter();
        return asked(invite).filter(after -> after.compareTo(options.ringFor()) < 0);
    }

    private static Optional<Duration> asked(Headers invite) {
        boolean answerMode = Stream.of("Answer-Mode", "Priv-Answer-Mode")
                .flatMap(name -> invite.all(name).stream())
                .map(value -> value.split(";", 2)[0].strip())
                .anyMatch("Auto"::equalsIgnoreCase);
        if (answerMode) return Optional.of(Duration.ZERO);
        return Stream.of("Call-Info", "Alert-Info")
                .flatMap(name -> invite.all(name).stream())
                .flatMap(value -> asked(value).stream())
                .findFirst();
    }

    /** Of one value such as {@code <http://example.com>;answer-after=0}, or {@code <...>;info=alert-autoanswer}. */
    private static Optional<Duration> asked(String value) {
        int end = value.indexOf('>');
        Map<String, String> parameters = Parameters.parse(value.substring(end + 1), ';');
        Optional<Duration> after = Optional.ofNullable(parameters.get("answer-after"))
                .flatMap(Headers::leadingNumber)
                .filter(seconds -> seconds <= LONGEST_SECONDS)
                .map(Duration::ofSeconds);
        String info = parameters.getOrDefault("info", "").toLowerCase(Locale.ROOT);
        return after.or(() -> info.equals("alert-autoanswer") ? Optional.of(Duration.ZERO) : Optional.empty());
    }
}
