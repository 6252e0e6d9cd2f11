package dev.outdial.media.fuzz;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Reads one input of a fuzzer as datagrams that arrive one after another: how many milliseconds after the one before, how many
 * bytes, the bytes. <b>Threading:</b> one thread.
 */
public final class Datagrams {
    private static final int OFFSET = 3;
    private static final long MILLIS = 1_000_000;
    /** One for all: a direct buffer costs more than most parsers. */
    private static final ByteBuffer BUFFER = ByteBuffer.allocateDirect(300);

    private Datagrams() {}

    /** Is handed each datagram, in a direct buffer that goes on before and after it and is used again for the next. */
    public interface Taker {
        void take(ByteBuffer datagram, long nowNanos);
    }

    public static void each(byte[] input, Taker taker) {
        long nowNanos = 0;
        for (int at = 0; at + 2 <= input.length; ) {
            nowNanos += (input[at] & 0xFF) * MILLIS;
            int length = Math.min(input[at + 1] & 0xFF, input.length - at - 2);
            BUFFER.clear().position(OFFSET).put(input, at + 2, length).flip().position(OFFSET);
            taker.take(BUFFER, nowNanos);
            at += 2 + length;
        }
    }

    /** The input that reads as these datagrams, 20 ms apart. */
    public static byte[] input(List<byte[]> datagrams) {
        var input = ByteBuffer.allocate(
                datagrams.stream().mapToInt(datagram -> 2 + datagram.length).sum());
        for (byte[] datagram : datagrams)
            input.put((byte) 20).put((byte) datagram.length).put(datagram);
        return input.array();
    }

    /** What must hold of the code that was fed. */
    public static void require(boolean holds, String what) {
        if (!holds) throw new AssertionError("expected: " + what);
    }
}
