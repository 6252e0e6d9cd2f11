package dev.outdial.media.tone;

import dev.outdial.media.tone.Burst.Neighbour;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells what single sines are: special information tones, a calling fax machine, a beep. Pure; immutable.
 *
 * @param progress the country's call-progress tones, which no beep may be taken for
 * @param recent the last bursts, the latest last
 */
record BurstMachine(ProgressTones progress, List<Burst> recent) {
    /** What follows. */
    record Step(BurstMachine next, Optional<ToneEvent> heard) {}

    private static final int KEPT = 3;

    // ITU-T E.180: 950, 1400 and 1800 Hz, each 50 beside, each 330 ms, 70 more or less, with 30 ms between at most.
    private static final double[] SIT_HERTZ = {950, 1400, 1800};
    private static final double SIT_OFF_HERTZ = 60;
    private static final int SIT_SHORTEST = 235;
    private static final int SIT_LONGEST = 440;
    private static final int SIT_PAUSE = 70;

    // ITU-T T.30: 1100 Hz, 38 beside, for 0.5 s and then not for 3 s, each 15 % more or less.
    private static final double CNG_HERTZ = 1100;
    private static final double CNG_OFF_HERTZ = 45;
    private static final int CNG_SHORTEST = 400;
    private static final int CNG_LONGEST = 600;
    private static final int CNG_EARLIEST = 2900;
    private static final int CNG_LATEST = 4100;

    private static final int BEEP_SHORTEST = 70;
    private static final int BEEP_LONGEST = 2100;
    private static final double BEEP_LOWEST = 300;
    private static final double BEEP_HIGHEST = 2600;

    // A voice has overtones, and neither its pitch nor its level stays for long what it is: the shorter, the more like
    // a tone
    // must a beep be.
    private static final int LONG_MILLIS = 180;
    private static final double SPREAD_HERTZ = 5;
    private static final double SPREAD = 0.01;
    private static final double SPREAD_DB = 3;
    private static final double SPREAD_DB_SHORT = 1.5;
    private static final double SHARE = 0.93;
    private static final double SHARE_SHORT = 0.95;
    /** A melody has another note so soon before. */
    private static final int ALONE_MILLIS = 500;
    /** After so much of something else a tone is not what is left of the ringing. */
    private static final int SPEECH_MILLIS = 300;

    private static final double SAME_TONE = 0.03;

    BurstMachine {
        recent = List.copyOf(recent);
    }

    static BurstMachine hearing(ProgressTones progress) {
        return new BurstMachine(progress, List.of());
    }

    /** A burst is over. */
    Step over(Burst burst) {
        List<Burst> all = new ArrayList<>(recent);
        all.add(burst);
        var next = new BurstMachine(progress, all.size() > KEPT ? all.subList(1, all.size()) : all);
        Optional<ToneEvent> heard = sit(next.recent);
        if (heard.isEmpty()) heard = fax(burst);
        if (heard.isEmpty() && isBeep(burst))
            heard = Optional.of(new ToneEvent.Beep(burst.hertz(), burst.beginMillis(), burst.endMillis()));
        return new Step(next, heard);
    }

    private static Optional<ToneEvent> sit(List<Burst> last) {
        if (last.size() < SIT_HERTZ.length) return Optional.empty();
        for (int i = 0; i < SIT_HERTZ.length; i++) {
            Burst burst = last.get(i);
            if (Math.abs(burst.hertz() - SIT_HERTZ[i]) > SIT_OFF_HERTZ
                    || burst.millis() < SIT_SHORTEST
                    || burst.millis() > SIT_LONGEST
                    || i > 0 && burst.beginMillis() - last.get(i - 1).endMillis() > SIT_PAUSE) return Optional.empty();
        }
        return Optional.of(new ToneEvent.Sit(
                SitKinds.of(last.get(0), last.get(1), last.get(2)),
                last.getFirst().beginMillis(),
                last.getLast().endMillis()));
    }

    private Optional<ToneEvent> fax(Burst burst) {
        if (!isCng(burst)) return Optional.empty();
        return recent.stream()
                .filter(BurstMachine::isCng)
                .filter(earlier -> burst.beginMillis() - earlier.beginMillis() >= CNG_EARLIEST
                        && burst.beginMillis() - earlier.beginMillis() <= CNG_LATEST)
                .findFirst()
                .map(earlier -> new ToneEvent.FaxCalling(earlier.beginMillis(), burst.endMillis()));
    }

    private static boolean isCng(Burst burst) {
        return Math.abs(burst.hertz() - CNG_HERTZ) <= CNG_OFF_HERTZ
                && burst.millis() >= CNG_SHORTEST
                && burst.millis() <= CNG_LONGEST;
    }

    private boolean isBeep(Burst burst) {
        return burst.millis() >= BEEP_SHORTEST
                && burst.millis() <= BEEP_LONGEST
                && burst.hertz() >= BEEP_LOWEST
                && burst.hertz() <= BEEP_HIGHEST
                && burst.before() != Neighbour.EDGE
                && burst.after() == Neighbour.QUIET
                && isSteady(burst)
                // Where nobody spoke before, half a second of that is a fax machine until the next does not come.
                && !(isCng(burst) && burst.otherMillis() < SPEECH_MILLIS)
                && !mayBeProgress(burst)
                && recent.stream().noneMatch(earlier -> isAnotherNote(earlier, burst));
    }

    private static boolean isSteady(Burst burst) {
        boolean isLong = burst.millis() >= LONG_MILLIS;
        return burst.spreadHertz() <= Math.max(SPREAD_HERTZ, SPREAD * burst.hertz())
                && burst.spreadDb() <= (isLong ? SPREAD_DB : SPREAD_DB_SHORT)
                && burst.share() >= (isLong ? SHARE : SHARE_SHORT);
    }

    private static boolean isAnotherNote(Burst earlier, Burst burst) {
        return isSteady(earlier)
                && earlier.millis() >= BEEP_SHORTEST
                && burst.beginMillis() - earlier.endMillis() < ALONE_MILLIS
                && Math.abs(burst.hertz() - earlier.hertz()) > SAME_TONE * burst.hertz();
    }

    /** Whether it may be a call-progress tone, or the rest of one that an answer cut off. */
    private boolean mayBeProgress(Burst burst) {
        for (ProgressTone tone : progress.tones()) {
            if (!isLike(burst, tone)) continue;
            if (burst.otherMillis() < SPEECH_MILLIS) return true;
            for (int i = 0; i < tone.cadenceMillis().size(); i += 2)
                if (CadenceMachine.isAbout(tone.cadenceMillis().get(i), burst.millis())) return true;
        }
        return false;
    }

    private static boolean isLike(Burst burst, ProgressTone tone) {
        return tone.hertz().size() == 1
                ? Math.abs(tone.hertz().getFirst() - burst.hertz()) <= SAME_TONE * burst.hertz()
                : Signals.isBetween(burst.hertz(), tone.hertz());
    }
}
