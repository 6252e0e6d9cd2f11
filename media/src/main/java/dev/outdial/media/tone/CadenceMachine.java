package dev.outdial.media.tone;

import dev.outdial.media.tone.ProgressTone.Meaning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells a country's tones of one sound by how long it is heard and not heard. Pure; immutable.
 *
 * <pre>
 *   sounds   ____      ____      ____        busy: on and off and on again are 500 ms each,
 *   ms      |500|500  |500|                  and nothing else that it could be goes like that
 *   sounds   __   __   __      __   __       until the pause of 600 comes it may be either of Spain's:
 *   ms      |200|200|200|200|200|600|        then it is congestion, or, were it 200, busy
 * </pre>
 */
final class CadenceMachine {
    /** What happened to the sound. */
    sealed interface Event {
        /** It began. */
        record Began(long atMillis) implements Event {}

        /** It ended. */
        record Ended(long atMillis) implements Event {}

        /** Something else was heard between. */
        record Disturbed() implements Event {}
    }

    /**
     * What is known of the sound.
     *
     * @param beginMillis when the first of the intervals began
     * @param intervals how long it was heard, not heard, heard and so on, until the last change
     * @param sinceMillis when that was
     * @param told what the listener was told of it
     */
    record State(long beginMillis, List<Integer> intervals, long sinceMillis, Optional<Meaning> told) {
        static final State SILENT = new State(0, List.of(), Long.MIN_VALUE, Optional.empty());

        State {
            intervals = List.copyOf(intervals);
        }

        private boolean isSilent() {
            return sinceMillis == Long.MIN_VALUE;
        }

        private State without(int count) {
            long begin = beginMillis;
            for (int interval : intervals.subList(0, count)) begin += interval;
            return new State(begin, intervals.subList(count, intervals.size()), sinceMillis, told);
        }
    }

    /** What follows: the next state, and what the listener is to be told. */
    record Step(State next, Optional<Meaning> heard) {}

    /** An interval may be off by that: frames are 20 ms long, and both of its ends may be somewhere in one. */
    private static final int TOLERANCE_MILLIS = 40;

    private static final double TOLERANCE = 0.12;
    /** Heard, not heard, heard. */
    private static final int ENOUGH = 3;
    /** Heard and not heard, where that takes seconds. */
    private static final int ENOUGH_SLOW = 2;

    private static final int SLOW_MILLIS = 2000;
    /** Twice the longest cadence is more than anything can be told by. */
    private static final int MOST_INTERVALS = 12;

    private CadenceMachine() {}

    /** @param tones the tones of this sound */
    static Step step(List<ProgressTone> tones, State state, Event event) {
        return switch (event) {
            case Event.Began began
            when state.isSilent() ->
                new Step(new State(began.atMillis(), List.of(), began.atMillis(), Optional.empty()), Optional.empty());
            case Event.Began began -> changed(tones, state, began.atMillis());
            case Event.Ended ended when state.isSilent() -> new Step(state, Optional.empty());
            case Event.Ended ended -> changed(tones, state, ended.atMillis());
            case Event.Disturbed disturbed -> new Step(State.SILENT, Optional.empty());
        };
    }

    private static Step changed(List<ProgressTone> tones, State state, long atMillis) {
        List<Integer> intervals = new ArrayList<>(state.intervals());
        intervals.add((int) (atMillis - state.sinceMillis()));
        var next = new State(state.beginMillis(), intervals, atMillis, state.told());
        if (intervals.size() > MOST_INTERVALS) next = next.without(2);
        while (next.intervals().size() > 1 && fitting(tones, next.intervals()).isEmpty()) next = next.without(2);
        return judged(fitting(tones, next.intervals()), next);
    }

    private static Step judged(List<ProgressTone> fitting, State state) {
        List<Meaning> meanings =
                fitting.stream().map(ProgressTone::meaning).distinct().toList();
        if (state.told().filter(meanings::contains).isPresent()) return new Step(state, Optional.empty());
        Optional<Meaning> heard = Optional.empty();
        if (meanings.size() == 1 && fitting.stream().anyMatch(tone -> counted(tone, state.intervals()) >= enough(tone)))
            heard = Optional.of(meanings.getFirst());
        return new Step(new State(state.beginMillis(), state.intervals(), state.sinceMillis(), heard), heard);
    }

    private static int enough(ProgressTone tone) {
        return tone.cadenceMillis().size() == 2 && tone.cycleMillis() >= SLOW_MILLIS ? ENOUGH_SLOW : ENOUGH;
    }

    private static List<ProgressTone> fitting(List<ProgressTone> tones, List<Integer> intervals) {
        return tones.stream().filter(tone -> counted(tone, intervals) >= 0).toList();
    }

    /** How many of the intervals are as the tone has them, or -1 where it is another tone. The first may have begun before. */
    private static int counted(ProgressTone tone, List<Integer> intervals) {
        int most = -1;
        for (int turn = 0; turn < tone.cadenceMillis().size(); turn += 2)
            most = Math.max(most, counted(tone.cadenceMillis(), turn, intervals));
        return most;
    }

    private static int counted(List<Integer> cadence, int turn, List<Integer> intervals) {
        int counted = 0;
        for (int i = 0; i < intervals.size(); i++) {
            int expected = cadence.get((turn + i) % cadence.size());
            if (isAbout(expected, intervals.get(i))) counted++;
            else if (i > 0 || intervals.get(i) > expected) return -1;
        }
        return counted;
    }

    /** Whether an interval may be meant to be so long. */
    static boolean isAbout(int expectedMillis, long millis) {
        return Math.abs(millis - expectedMillis) <= Math.max(TOLERANCE_MILLIS, TOLERANCE * expectedMillis);
    }
}
