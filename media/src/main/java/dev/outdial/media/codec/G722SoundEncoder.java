package dev.outdial.media.codec;

/** G.722, from 16 kHz or up from 8. It begins where silence left the far end. */
final class G722SoundEncoder implements SoundEncoder {
    private final G722 codec = new G722();
    private final HalfBand up = new HalfBand();
    private final boolean narrow;
    private final short[] wide;

    G722SoundEncoder(int sampleRate) {
        this.narrow = sampleRate == AudioCodec.CLOCK_RATE;
        this.wide = new short[narrow ? 2 * MAX_BYTES : 0];
        codec.rest();
    }

    @Override
    public int encode(short[] samples, int from, int count, byte[] target) {
        if (narrow) {
            up.twice(samples, from, count, wide, 0);
            codec.encode(wide, 0, 2 * count, target, 0);
            return count;
        }
        codec.encode(samples, from, count, target, 0);
        return count / 2;
    }

    @Override
    public void reset() {
        codec.rest();
        up.reset();
    }
}
