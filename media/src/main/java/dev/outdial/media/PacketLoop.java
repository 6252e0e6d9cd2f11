package dev.outdial.media;

import dev.outdial.media.codec.AudioCodec;
import java.nio.ByteBuffer;

/**
 * Payloads that came on their way back, in the packet times of our own stream. Codes that can be cut are, where the far end's packets are
 * longer or shorter than ours; frames that cannot go as they came, where they are as long as ours. What comes too fast is forgotten, the
 * oldest first. Nothing is made for each packet. <b>Threading:</b> one owner, the media loop.
 */
final class PacketLoop {
    /** What waits is the jitter of the way here; more than a few packets of it were sent in a burst. */
    private static final int MOST_PACKETS = 8;

    private static final int MOST_BYTES = 2048;

    private final ByteBuffer[] waiting = new ByteBuffer[MOST_PACKETS];
    private AudioCodec codec = AudioCodec.PCMU;
    private int samplesPerPacket;
    private int first;
    /** How many wait whole. */
    private int count;
    /** What goes out now. */
    private ByteBuffer taken = ByteBuffer.allocate(MOST_BYTES);

    PacketLoop() {
        for (int i = 0; i < waiting.length; i++) waiting[i] = ByteBuffer.allocate(MOST_BYTES);
    }

    /** What leaves is of this codec and so long from now on; what waits of another is forgotten. */
    void agree(AudioCodec next, int samples) {
        if (next == codec && samples == samplesPerPacket) return;
        codec = next;
        samplesPerPacket = samples;
        count = 0;
        filling().clear();
    }

    /** Takes a payload; one of another codec than leaves does not go back. */
    void put(AudioCodec from, ByteBuffer datagram, int offset, int length) {
        if (from != codec || samplesPerPacket == 0) return;
        if (codec == AudioCodec.OPUS) putFrame(datagram, offset, length);
        else putCodes(datagram, offset, length);
    }

    private void putFrame(ByteBuffer datagram, int offset, int length) {
        if (length > MOST_BYTES || codec.samplesIn(datagram, offset, length) != samplesPerPacket) return;
        filling().clear().put(0, datagram, offset, length).limit(length);
        full();
    }

    private void putCodes(ByteBuffer datagram, int offset, int length) {
        int packetBytes = codec == AudioCodec.G722 ? samplesPerPacket : codec.bytesFor(samplesPerPacket);
        for (int at = offset, end = offset + length; at < end; ) {
            ByteBuffer packet = filling();
            int n = Math.min(end - at, packetBytes - packet.position());
            packet.put(packet.position(), datagram, at, n).position(packet.position() + n);
            at += n;
            if (packet.position() == packetBytes) {
                packet.flip();
                full();
            }
        }
    }

    /** The one after those that are whole. */
    private ByteBuffer filling() {
        return waiting[(first + count) % MOST_PACKETS];
    }

    private void full() {
        count++;
        if (count == MOST_PACKETS) {
            first = (first + 1) % MOST_PACKETS;
            count--;
        }
        filling().clear();
    }

    /** Moves on by one packet time; false where nothing is there for it. */
    boolean take() {
        if (count == 0) return false;
        ByteBuffer next = waiting[first];
        // The rest of a packet that is being filled lies in another buffer: these two change places.
        waiting[first] = taken;
        taken = next;
        first = (first + 1) % MOST_PACKETS;
        count--;
        return true;
    }

    /** What {@link #take} took, to be read once. */
    ByteBuffer taken() {
        return taken;
    }
}
