package dev.outdial.sip.session;

import dev.outdial.sip.auth.DigestAuth;
import dev.outdial.sip.auth.DigestAuth.Signed;
import dev.outdial.sip.auth.DigestAuth.Tries;
import dev.outdial.sip.event.SessionEnd;
import dev.outdial.sip.event.SessionEnd.Cause;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.session.InviteAction.Report;
import dev.outdial.sip.session.InviteAction.Send;
import dev.outdial.sip.session.Phase.BackingOff;
import dev.outdial.sip.session.Phase.Queued;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Sends the INVITE once more, where that may help: with credentials, with other extensions, later, or by the next way. Each time it is the
 * same call (Call-ID, From, To) with the next CSeq. How often is bounded: each of these once or twice for a way or a call.
 */
final class Inviting {
    private Inviting() {}

    /** What a final response of 300 or above leads to, while the session is still wanted. */
    static Step declined(InviteState state, boolean beyondTrying, SipResponse response, long now) {
        return switch (response.status()) {
            case 401, 407 -> challenged(state, response, now);
            case 420 -> otherwise(state, state.attempt().extensions().without(refusedTags(response)), response, now);
            case 422 -> otherwise(state, state.attempt().extensions().raised(response.headers()), response, now);
            case 491 -> backOff(state, response, now);
            case 503 -> unavailable(state, beyondTrying, response, now);
            default -> Endings.over(state, Endings.refused(response), now);
        };
    }

    // RFC 3261 8.1.3.5: the same request once more, with credentials and the next CSeq.
    private static Step challenged(InviteState state, SipResponse response, long now) {
        Attempt attempt = state.attempt();
        return switch (state.auth().answer(response.headers(), attempt.tries(), signed(state), state.nextCnonce())) {
            case DigestAuth.Outcome.Answer answer ->
                send(state, attempt.way(), attempt.extensions(), answer, answer.tries(), now);
            case DigestAuth.Outcome.GiveUp giveUp ->
                Endings.over(state, Endings.refused(Cause.AUTHENTICATION, response, giveUp.why()), now);
        };
    }

    private static Step otherwise(InviteState state, Optional<Extensions> extensions, SipResponse response, long now) {
        return extensions
                .map(other -> again(state, other, now))
                .orElseGet(() -> Endings.over(state, Endings.refused(response), now));
    }

    private static List<String> refusedTags(SipResponse response) {
        return response.headers().all("Unsupported").stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .toList();
    }

    // RFC 3261 14.1: whoever owns the Call-ID waits for 2.1 to 4 seconds, in steps of 10 ms.
    private static Step backOff(InviteState state, SipResponse response, long now) {
        Optional<Extensions> next = state.attempt().extensions().afterGlare();
        if (next.isEmpty()) return Endings.over(state, Endings.refused(response), now);
        int steps = Math.floorMod(state.nextCnonce().hashCode(), 191);
        long untilNanos = now + TimeUnit.MILLISECONDS.toNanos(2_100 + 10L * steps);
        return Step.to(state.in(new BackingOff(next.get(), untilNanos)));
    }

    /** The same INVITE by the same way, with other extensions. */
    static Step again(InviteState state, Extensions extensions, long now) {
        var credentials = state.auth().authorize(signed(state), state.nextCnonce());
        return send(
                state,
                state.attempt().way(),
                extensions,
                credentials,
                state.attempt().tries(),
                now);
    }

    private static Step unavailable(InviteState state, boolean beyondTrying, SipResponse response, long now) {
        OptionalLong retryAfter = Endings.retryAfterSeconds(response.headers());
        var report = new Report(state.way().hop(), new HopHealth.Refused(retryAfter));
        Step reported = Step.to(state, report);
        SessionEnd end = Endings.refused(response);
        return reported.then(s -> beyondTrying ? Endings.over(s, end, now) : byNextWay(s, end, now));
    }

    /** Nothing is to be had by this way: the next one is tried, or the session ends so (RFC 3263 section 4.3). */
    static Step silent(InviteState state, SessionEnd end, long now) {
        return unreachable(state).then(s -> byNextWay(s, end, now));
    }

    /** Notes that nothing is to be had by this way. */
    static Step unreachable(InviteState state) {
        return Step.to(state, new Report(state.way().hop(), new HopHealth.Silent()));
    }

    /** Notes that nothing was learnt about this way. */
    static Step untried(InviteState state) {
        return Step.to(state, new Report(state.way().hop(), new HopHealth.Untried()));
    }

    private static Step byNextWay(InviteState state, SessionEnd end, long now) {
        int next = state.attempt().way() + 1;
        if (next >= state.setup().ways().size()) return Endings.over(state, end, now);
        var credentials = state.auth().authorize(signed(state), state.nextCnonce());
        return send(state, next, state.attempt().extensions(), credentials, Tries.NONE, now);
    }

    private static Step send(
            InviteState state,
            int way,
            Extensions extensions,
            DigestAuth.Outcome.Answer credentials,
            Tries tries,
            long now) {
        SessionSetup setup = state.setup();
        long cseq = state.attempt().cseq() + 1;
        OutboundRequest request = Requests.invite(
                setup, setup.ways().get(way), cseq, state.nextBranch(), extensions, credentials.headers());
        var attempt = new Attempt(request, cseq, tries, way, extensions, false, false);
        var phase = new Queued(now + InviteTimer.UNSENT.nanos());
        // What early dialogs there were belong to the INVITE before.
        return EarlyUpdates.close(state)
                .then(s -> Step.to(s.trying(attempt, credentials.auth()).in(phase), new Send(request)));
    }

    private static Signed signed(InviteState state) {
        String uri = state.attempt().request().request().uri();
        return new Signed("INVITE", uri, Optional.of(state.setup().offer()));
    }
}
