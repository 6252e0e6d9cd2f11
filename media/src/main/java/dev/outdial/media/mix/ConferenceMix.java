package dev.outdial.media.mix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Adds up what several say, for each without what that one says itself: levels as they are, what is too loud stays at the limit.
 * Members may have packets of different lengths, at times of their own; who comes or goes does so between two of them. Nothing is
 * made for each packet. Deterministic. <b>Threading:</b> any; where all members are on one loop, nobody ever waits.
 *
 * <pre>
 *   member 1   said  ....|------|------|            |  each says a packet at its own time
 *   member 2   said  ..|------|------|------|
 *   member 3   hears     [------]                   ^ now: who hears is a packet behind who says
 * </pre>
 */
public final class ConferenceMix {
    /** As many may be in it. */
    public static final int MOST_MEMBERS = 20;

    private static final int NANOS_PER_SAMPLE = 125_000;
    private static final int USUAL_FRAME = 160;
    private static final int LONGEST_FRAME = 320;
    private static final int LINE_SAMPLES = 2048;
    private static final int MASK = LINE_SAMPLES - 1;
    /** A loop may be so much later with one member than with another. */
    private static final int SLACK = 40;

    private final List<Member> members = new ArrayList<>();
    private final int[] sum = new int[LONGEST_FRAME];
    private int longestFrame = USUAL_FRAME;

    /** One who says and hears. */
    public final class Member {
        private final short[] line = new short[LINE_SAMPLES];
        private boolean muted;
        private long from;
        private long end;
        private long heardUntil;

        private Member() {}

        /** What this one says in a packet time. */
        public void say(short[] samples, int count, long nowNanos) {
            synchronized (ConferenceMix.this) {
                longestFrame = Math.max(longestFrame, Math.min(count, LONGEST_FRAME));
                long now = nowNanos / NANOS_PER_SAMPLE;
                // A packet follows the one before, unless the clock is more than a packet away.
                if (Math.abs(now - end) > count) {
                    from = now;
                    end = now;
                }
                for (int i = 0; i < count; i++) line[(int) (end + i) & MASK] = samples[i];
                end += count;
            }
        }

        /**
         * What this one hears in a packet time.
         *
         * @return false where nobody else says anything
         */
        public boolean hear(short[] target, int count, long nowNanos) {
            synchronized (ConferenceMix.this) {
                if (!members.contains(this) || count > LONGEST_FRAME) return false;
                long due = nowNanos / NANOS_PER_SAMPLE - longestFrame - SLACK;
                // Sooner than that, not all have said what is due.
                boolean follows = heardUntil <= due + SLACK && heardUntil >= due - count;
                long start = follows ? heardUntil : due;
                heardUntil = start + count;
                return add(this, start, target, count);
            }
        }

        /** Whether the others hear this one not. */
        public void mute(boolean wanted) {
            synchronized (ConferenceMix.this) {
                muted = wanted;
            }
        }

        /** Leaves; may be called again. */
        public void leave() {
            synchronized (ConferenceMix.this) {
                members.remove(this);
            }
        }

        private void addTo(int[] into, long start, int count) {
            int first = Math.clamp(Math.max(from, end - LINE_SAMPLES) - start, 0, count);
            int last = Math.clamp(end - start, 0, count);
            for (int i = first; i < last; i++) into[i] += line[(int) (start + i) & MASK];
        }
    }

    /**
     * Somebody comes.
     *
     * @throws IllegalStateException where there are {@link #MOST_MEMBERS} already
     */
    public synchronized Member join() {
        if (members.size() == MOST_MEMBERS)
            throw new IllegalStateException("a conference of more than " + MOST_MEMBERS + " members");
        var member = new Member();
        members.add(member);
        return member;
    }

    /** How many are in it. */
    public synchronized int size() {
        return members.size();
    }

    private boolean add(Member who, long start, short[] target, int count) {
        Arrays.fill(sum, 0, count, 0);
        for (int i = 0; i < members.size(); i++) {
            Member other = members.get(i);
            if (other != who && !other.muted) other.addTo(sum, start, count);
        }
        boolean any = false;
        for (int i = 0; i < count; i++) {
            target[i] = Mixing.saturated(sum[i]);
            any |= sum[i] != 0;
        }
        return any;
    }
}
