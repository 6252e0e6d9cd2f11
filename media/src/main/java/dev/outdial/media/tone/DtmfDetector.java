package dev.outdial.media.tone;

/**
 * Hears keys in 8 kHz sound, each once, when it is released. The sound is judged in blocks of 12.75 ms, each by itself ({@link
 * DtmfBlock}): two blocks in a row make a key, so one of 40 ms is heard wherever it begins. Allocates nothing; silence costs next
 * to nothing. Not for finding out where in a sample a key begins. <b>Threading:</b> one owner.
 *
 * <pre>
 *   block  5 5 5 5 . . 5 5 5 . . .     . in noise: a hole of two blocks is no release, three are
 *   block  5 5 5 + _ 5 5 5 _           _ quiet, + partly: with 15 ms of that it is two keys, with less it goes on
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
    private static final int HOLES_TO_RELEASE = 3;
    /** In blocks: 32 ms, between the 24 that are none by ITU-T Q.24 and the 40 that are. */
    private static final double LEAST_LENGTH = 2.5;
    /** In blocks: 15 ms, between the 10 of an interruption and the 30 of the shortest pause. */
    private static final double LEAST_PAUSE = 1.15;

    private final Listener listener;
    private short[] block = new short[DtmfBlock.SAMPLES];
    private short[] blockBefore = new short[DtmfBlock.SAMPLES];
    private final DtmfBlock judge = new DtmfBlock();
    private int filled;

    /** The key of the last blocks, {@link DtmfBlock#NONE} where there was none. */
    private char digit = DtmfBlock.NONE;
    /** Blocks from its first to its last, holes between included. */
    private int blocks;
    /** Whether two of them in a row were the key and nothing else. */
    private boolean certain;

    private int holes;
    /** How much of the blocks was quiet since the last whole one. */
    private double lacking;

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
        } else if (heard == digit
                && !isPauseOver()
                && (blocks >= BLOCKS_TO_PRESS || judge.isSteady(blockBefore, block))) {
            certain |= holes == 0 && judge.isPure(blockBefore, block);
            blocks += 1 + holes;
            holes = 0;
            power = Math.max(power, judge.power());
        } else {
            release();
            digit = heard;
            blocks = 1;
            certain = false;
            power = judge.power();
            before = Math.min(1, lastPower / power);
        }
        lastPower = judge.power();
    }

    /** Whether the same key was released and pressed again: what lacks in the blocks since it was last whole tells how long it was quiet. */
    private boolean isPauseOver() {
        return holes > 0 && lacking + lack(judge.power()) >= LEAST_PAUSE;
    }

    private double lack(double blockPower) {
        return Math.max(0, 1 - blockPower / power);
    }

    private void miss() {
        holes++;
        if (holes == 1) {
            lacking = lack(lastPower);
            after = Math.min(1, judge.power() / power);
        }
        lacking += lack(judge.power());
        if (holes == HOLES_TO_RELEASE
                || holes == HOLES_TO_RELEASE - 1 && lacking >= LEAST_PAUSE
                || blocks < BLOCKS_TO_PRESS) release();
    }

    private void release() {
        if (digit != DtmfBlock.NONE && certain) {
            double length = blocks + before + (holes > 0 ? after : 0);
            if (length >= LEAST_LENGTH) listener.released(digit, (int) Math.round(length * BLOCK_MILLIS));
        }
        digit = DtmfBlock.NONE;
        holes = 0;
    }
}
