package dev.outdial.media.file;

import java.io.IOException;

/** One stream of sound in an Ogg file, behind its headers. */
interface OggStream {
    /** For people. */
    String format();

    int sampleRate();

    int channels();

    /** Decodes a packet to the end of the queue. */
    void take(OggPackets.Packet packet, SampleQueue queue) throws IOException;

    /** Whether what is in the queue may still turn out to be none of the sound. */
    boolean holds();
}
