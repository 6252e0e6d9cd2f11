package dev.outdial.media.quality;

/**
 * What happened to the packets of one direction of a G.711 call.
 *
 * @param packets packets received; 0 where nothing was heard
 * @param lossShare the share of expected packets that were lost or came too late to be played, 0 to 1
 * @param burstRatio how much longer runs of lost packets are than they would be by chance: 1 for random loss, see {@link
 *     EModel#burstRatio}
 * @param delayMillis from mouth to ear as far as known: half the round trip, and what a jitter buffer and packets hold back
 * @param jitterMillis interarrival jitter that the delay does not contain yet: twice as much is added, for a buffer that evens it
 *     out; 0 where the delay contains the depth of the buffer
 * @param concealment what is played in place of a lost packet
 */
public record Reception(
        long packets,
        double lossShare,
        double burstRatio,
        double delayMillis,
        double jitterMillis,
        Concealment concealment) {
    /** What is played in place of a lost packet: how robust it makes G.711 (ITU-T G.113 appendix I, Bpl). */
    public enum Concealment {
        /** Silence. */
        NONE(4.3),
        /** Something like what was last heard, as G.711 appendix I does it. */
        REPETITION(25.1);

        private final double robustness;

        Concealment(double robustness) {
            this.robustness = robustness;
        }

        double robustness() {
            return robustness;
        }
    }

    public Reception {
        if (packets < 0) throw new IllegalArgumentException(packets + " packets");
        if (!(lossShare >= 0 && lossShare <= 1)) throw new IllegalArgumentException("loss of " + lossShare);
        if (!(burstRatio >= 1)) throw new IllegalArgumentException("burst ratio " + burstRatio);
        if (!(delayMillis >= 0)) throw new IllegalArgumentException("delay of " + delayMillis + " ms");
        if (!(jitterMillis >= 0)) throw new IllegalArgumentException("jitter of " + jitterMillis + " ms");
    }
}
