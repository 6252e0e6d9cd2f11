package dev.outdial.dialer.call;

import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.outcome.Phase;
import dev.outdial.dialer.outcome.RefusedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a call is tried next when an attempt came to nothing: over a further trunk where the one before failed, or at the place that a
 * 3xx names. Never where a person may have heard it ring or has said no. Pure.
 *
 * @param trunks the names of the trunks that are left, in order
 * @param redirects how many redirections may still be followed
 * @param tried the targets that were redirected to, so that none is called twice
 */
public record Detours(List<String> trunks, int redirects, List<String> tried) {
    public Detours {
        trunks = List.copyOf(trunks);
        tried = List.copyOf(tried);
    }

    /** Those of a call of which nothing was tried yet. */
    public static Detours of(List<String> furtherTrunks, int mostRedirects) {
        return new Detours(furtherTrunks, mostRedirects, List.of());
    }

    /** The next way, and the detours that are left after it. */
    public record Next(Way way, Detours left) {}

    /** A way to go. */
    public sealed interface Way {
        /** The same target over another trunk. */
        record OverTrunk(String trunk) implements Way {}

        /** Another target over the same trunk. */
        record ToTarget(String sipUri) implements Way {}
    }

    /**
     * Looks for a further way.
     *
     * @param outcome how the last attempt ended
     * @param named where the callee is, by the 3xx that ended it, in order
     */
    public Optional<Next> after(CallOutcome outcome, List<String> named) {
        if (outcome.kind() != OutcomeKind.FAILED || outcome.answered() || mayHaveRung(outcome)) return Optional.empty();
        int status = outcome.sipCode().orElse(0);
        if (status >= 300 && status < 400) {
            return redirects == 0
                    ? Optional.empty()
                    : named.stream()
                            .filter(uri -> !tried.contains(uri))
                            .findFirst()
                            .map(this::redirected);
        }
        boolean declined = outcome.refusedBy().filter(RefusedBy.CALLEE::equals).isPresent();
        if (declined || status == 487 || trunks.isEmpty()) return Optional.empty();
        return Optional.of(new Next(
                new Way.OverTrunk(trunks.getFirst()), new Detours(trunks.subList(1, trunks.size()), redirects, tried)));
    }

    private Next redirected(String uri) {
        var all = new ArrayList<>(tried);
        all.add(uri);
        return new Next(new Way.ToTarget(uri), new Detours(trunks, redirects - 1, all));
    }

    private static boolean mayHaveRung(CallOutcome outcome) {
        return outcome.phase().compareTo(Phase.RINGING) >= 0;
    }
}
