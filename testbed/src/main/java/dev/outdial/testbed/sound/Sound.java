package dev.outdial.testbed.sound;

/** Something that is said, in frames of 8 kHz 16-bit PCM. Mutable: it remembers how far it got. One owner. */
public interface Sound {
    /** Samples a second. */
    int SAMPLE_RATE = 8000;

    /** Fills the frame with what comes next; what lies past the end is zero. */
    void next(short[] frame);

    /** Whether nothing but silence would follow. */
    boolean isOver();

    /** Goes on by so many samples without saying them. */
    default Sound skip(int sampleCount) {
        next(new short[sampleCount]);
        return this;
    }

    /** Digital silence, over at once. */
    static Sound silence() {
        return Clip.of(new short[0]);
    }

    /** The two tones of a key (ITU-T Q.23) at -9 dBov each, without end. */
    static Sound key(char digit) {
        return Tones.ofKey(digit);
    }

    /** The ringback tone of North America: 440 and 480 Hz, 2 s on, 4 s off, without end. */
    static Sound ringback() {
        return new Tones(0.1, 440, 480).cadence(2000, 4000);
    }
}
