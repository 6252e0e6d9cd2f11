package dev.outdial.sip.registration;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.SipUri;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which of several registrars is asked (RFC 3263 section 4.3): the first, the next when it fails, and the first again some time later.
 *
 * @param candidates in the order of preference
 * @param at the one that is asked
 * @param tried how many have been asked since the last success or pause
 * @param strayedNanos when the first was left
 */
record Hunt(List<Candidate> candidates, int at, int tried, long strayedNanos) {
    /** A registrar, and until when it wants to be left alone (Retry-After). */
    record Candidate(Registrar way, OptionalLong closedUntilNanos) {
        boolean isClosed(long nowNanos) {
            return closedUntilNanos.isPresent() && nowNanos - closedUntilNanos.getAsLong() < 0;
        }
    }

    Hunt {
        candidates = List.copyOf(candidates);
    }

    static Hunt of(List<Registrar> ways) {
        return new Hunt(
                ways.stream()
                        .map(way -> new Candidate(way, OptionalLong.empty()))
                        .toList(),
                0,
                1,
                0);
    }

    Registrar way() {
        return candidates.get(at).way();
    }

    /** The next one, where there is one that was not asked and does not want to be left alone. */
    Optional<Hunt> next(long nowNanos) {
        int size = candidates.size();
        for (int step = 1; tried + step <= size; step++) {
            int index = (at + step) % size;
            if (!candidates.get(index).isClosed(nowNanos)) return Optional.of(moved(index, tried + step, nowNanos));
        }
        return Optional.empty();
    }

    /** After a pause, or when it is time to refresh: the one that served, or the first when it was left some time ago. */
    Hunt again(long nowNanos) {
        boolean back = nowNanos - strayedNanos >= RegistrationTimer.BACK_TO_FIRST.nanos();
        int from = back ? 0 : at;
        int size = candidates.size();
        for (int step = 0; step < size; step++) {
            int index = (from + step) % size;
            if (!candidates.get(index).isClosed(nowNanos)) return moved(index, 1, nowNanos);
        }
        return moved(from, 1, nowNanos);
    }

    /** All have failed: the first is asked next. */
    Hunt fromTheFirst() {
        return new Hunt(candidates, 0, 1, strayedNanos);
    }

    /** It answered well. */
    Hunt settled() {
        return new Hunt(candidates, at, 1, strayedNanos);
    }

    /** The one that is asked wants to be left alone until then. */
    Hunt closed(long untilNanos) {
        var changed = new ArrayList<>(candidates);
        changed.set(at, new Candidate(way(), OptionalLong.of(untilNanos)));
        return new Hunt(changed, at, tried, strayedNanos);
    }

    /** From when on one of them may be asked again; now where one may already. */
    long openNanos(long nowNanos) {
        long soonest = Long.MAX_VALUE;
        for (Candidate candidate : candidates) {
            if (!candidate.isClosed(nowNanos)) return nowNanos;
            soonest = Math.min(soonest, candidate.closedUntilNanos().getAsLong() - nowNanos);
        }
        return nowNanos + soonest;
    }

    /** We are reached otherwise from there. */
    Hunt reached(Hop registrar, SipUri contact) {
        return new Hunt(
                candidates.stream()
                        .map(c -> c.way().hop().equals(registrar)
                                ? new Candidate(new Registrar(registrar, contact), c.closedUntilNanos())
                                : c)
                        .toList(),
                at,
                tried,
                strayedNanos);
    }

    private Hunt moved(int index, int nextTried, long nowNanos) {
        return new Hunt(candidates, index, nextTried, at == 0 && index != 0 ? nowNanos : strayedNanos);
    }
}
