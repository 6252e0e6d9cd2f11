package dev.outdial.server.cli;

import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.trunk.CallerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say who calls; shared by {@code call} and {@code load}. */
final class CallerFlags {
    @Option(names = "--from", paramLabel = "NUMBER", description = "the number to call from")
    private @Nullable String from;

    @Option(names = "--display", paramLabel = "NAME", description = "the name to show")
    private @Nullable String display;

    @Option(names = "--anonymous", description = "name nobody in From, and ask the trunk to withhold the number")
    private boolean anonymous;

    @Option(
            names = "--privacy",
            paramLabel = "WHAT",
            description =
                    "ask the trunk to withhold it: user, header, session, id, history, critical; or none. Repeatable")
    private List<String> privacy = new ArrayList<>();

    @Option(
            names = "--asserted",
            paramLabel = "URI",
            description = "who calls, for a trunk that trusts us (P-Asserted-Identity)")
    private @Nullable String asserted;

    @Option(
            names = "--preferred",
            paramLabel = "URI",
            description = "who calls, as the trunk is asked to show it (P-Preferred-Identity)")
    private @Nullable String preferred;

    @Option(
            names = "--diversion",
            paramLabel = "URI[,REASON]",
            description = "who diverted the call, and why: user-busy, no-answer, ... (default: unconditional);"
                    + " repeatable, the last one who did first")
    private List<String> diversions = new ArrayList<>();

    @Option(names = "--user-phone", description = "say user=phone of what looks like a number")
    private boolean userPhone;

    @Option(
            names = "--header",
            paramLabel = "'NAME: VALUE'",
            description = "one more header of the INVITE, such as 'X-Campaign: spring'; repeatable")
    private List<String> headers = new ArrayList<>();

    /** The number to call from, where one is named. */
    Optional<String> from() {
        return Optional.ofNullable(from);
    }

    /** The name to show, where one is named. */
    Optional<String> display() {
        return Optional.ofNullable(display);
    }

    /** The same call by this caller. */
    DialRequest on(DialRequest request) {
        DialRequest by = request.by(options());
        by = from == null ? by : by.from(from);
        return display == null ? by : by.showing(display);
    }

    private CallerOptions options() {
        CallerOptions caller = anonymous ? CallerOptions.NONE.anonymously() : CallerOptions.NONE;
        if (asserted != null) caller = caller.asserting(asserted);
        if (preferred != null) caller = caller.preferring(preferred);
        if (userPhone) caller = caller.sayingNumbersArePhones();
        for (String what : privacy) caller = caller.withholding(what);
        for (String diversion : diversions) caller = diverted(caller, diversion);
        for (String header : headers) caller = with(caller, header);
        return caller;
    }

    // A URI may have commas in its user part, a reason has none.
    private static CallerOptions diverted(CallerOptions caller, String typed) {
        int comma = typed.lastIndexOf(',');
        return comma < 0 || typed.indexOf('@', comma) >= 0
                ? caller.divertedBy(typed)
                : caller.divertedBy(
                        typed.substring(0, comma).strip(),
                        typed.substring(comma + 1).strip());
    }

    private static CallerOptions with(CallerOptions caller, String typed) {
        int colon = typed.indexOf(':');
        if (colon <= 0) {
            throw new UsageException("--header: '" + typed + "' is not NAME: VALUE");
        }
        return caller.withHeader(
                typed.substring(0, colon).strip(), typed.substring(colon + 1).strip());
    }
}
