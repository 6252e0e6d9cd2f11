package dev.outdial.media.tone;

/**
 * Hears keys in 8 kHz sound, each once, when it is released. The sound is judged in blocks of 12.75 ms, each by itself ({@link
 * DtmfBlock}): two blocks in a row make a key, so one of 40 ms is heard wherever it begins. Allocates nothing; silence costs next
 * to nothing. Not for finding out where in a sample a key begins. <b>Threading:</b> one owner.
 *
 * <pre>
 *   block  5 5 5 5 5 . 5 5 5 . . .     . in noise: a hole of one block is no release, two are
 *   block  5 5 5 5 _ 5 5 5 _           _ quiet: one block is a release, so 20 ms part equal keys
 * </pre>
 */
public final class DtmfDetector {
    /** Told of each key. */
    public interface Listener {
        /** A key was released, after so many milliseconds, up to 10 too many. */
        void released(char digit, int durationMillis);
    }

    private static final double BLOCK_MILLIS = DtmfBlock.SAMPLES / 8.0;
    private static final int BLOCKS_TO_PRESS = 2;
    private static final int HOLES_TO_RELEASE = 2;
    /**
     * A block with less of the key's power than this is quiet. Of a pause of 160 samples at least 80 lie in one block, and the 22
     * others hold 0.22 of the power.
     */
    private static final double QUIET = 0.3;

    private final Listener listener;
    private short[] block = new short[DtmfBlock.SAMPLES];
    private short[] blockBefore = new short[DtmfBlock.SAMPLES];
    private final DtmfBlock judge = new DtmfBlock();
    private int filled;

    /** The key of the last blocks, {@link DtmfBlock#NONE} where there was none. */
    private char digit = DtmfBlock.NONE;
    /** Blocks from its first to its last, holes between included. */
    private int blocks;

    private int holes;
    private double power;
    /** Parts of a block that it sounded in before its first and after its last whole one. */
    private double before;

    private double after;
    private double lastPower;

    public DtmfDetector(Listener listener) {
        this.listener = listener;
    }

    /** Takes the next samples, as many as there are. */
    public void put(short[] samples, int count) {
        for (int at = 0; at < count; ) {
            int piece = Math.min(count - at, block.length - filled);
            System.arraycopy(samples, at, block, filled, piece);
            at += piece;
            filled += piece;
            if (filled == block.length) {
                filled = 0;
                judge();
                short[] oldest = blockBefore;
                blockBefore = block;
                block = oldest;
            }
        }
    }

    /** The sound is over: a key that is still down was released. */
    public void finish() {
        release();
        filled = 0;
        lastPower = 0;
    }

    private void judge() {
        char heard = judge.key(block);
        if (heard == DtmfBlock.NONE) {
            if (digit != DtmfBlock.NONE) miss();
        } else if (heard == digit && (blocks >= BLOCKS_TO_PRESS || judge.isSteady(blockBefore, block))) {
            blocks += 1 + holes;
            holes = 0;
            power = judge.power();
        } else {
            release();
            digit = heard;
            blocks = 1;
            power = judge.power();
            before = Math.min(1, lastPower / power);
        }
        lastPower = judge.power();
    }

    private void miss() {
        holes++;
        if (holes == 1) after = Math.min(1, judge.power() / power);
        if (judge.power() < QUIET * power || holes == HOLES_TO_RELEASE || blocks < BLOCKS_TO_PRESS) release();
    }

    private void release() {
        if (digit != DtmfBlock.NONE && blocks >= BLOCKS_TO_PRESS)
            listener.released(digit, (int) Math.round((blocks + before + (holes > 0 ? after : 0)) * BLOCK_MILLIS));
        digit = DtmfBlock.NONE;
        holes = 0;
    }
}
