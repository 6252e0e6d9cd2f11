package dev.outdial.media.record;

import dev.outdial.media.dtmf.Digits;

/**
 * What is recorded of a session, how it is written, and what ends it beside the session's end.
 *
 * @param sides whose sound
 * @param format how its samples are written
 * @param beep whether the far end hears a tone of 1 kHz and 300 ms at the beginning, over whatever it hears besides
 * @param silenceMillis ends it when for so long nobody whose sound is recorded was heard; 0 for never
 * @param stopKeys the far end's keys that end it, 0-9, *, #, A-D; none where it is empty
 * @param longestMillis ends it when so much is in the file; 0 for never
 */
public record RecordingOptions(
        Sides sides, Format format, boolean beep, int silenceMillis, String stopKeys, long longestMillis) {
    /** What the far end says, in linear samples, to the end of the session. */
    public static final RecordingOptions DEFAULT = new RecordingOptions(Sides.FAR_END, Format.PCM16, false, 0, "", 0);

    /** Whose sound is recorded. */
    public enum Sides {
        /** What the far end says, in one channel. */
        FAR_END(1),
        /** What the far end says and what we say, added up in one channel. */
        MIXED(1),
        /** What the far end says in the left channel, what we say in the right one. */
        STEREO(2);

        private final int channels;

        Sides(int channels) {
            this.channels = channels;
        }

        /** Channels in the file. */
        public int channels() {
            return channels;
        }

        boolean withOurs() {
            return this != FAR_END;
        }
    }

    /** How samples are written to a WAV file. */
    public enum Format {
        /** Linear, 16 bits. */
        PCM16(1, 2),
        /** G.711 mu-law. */
        PCMU(7, 1),
        /** G.711 A-law. */
        PCMA(6, 1);

        private final int tag;
        private final int bytesPerSample;

        Format(int tag, int bytesPerSample) {
            this.tag = tag;
            this.bytesPerSample = bytesPerSample;
        }

        /** The format's number in a WAV file. */
        int tag() {
            return tag;
        }

        int bytesPerSample() {
            return bytesPerSample;
        }
    }

    public RecordingOptions {
        if (silenceMillis < 0 || longestMillis < 0)
            throw new IllegalArgumentException(
                    "a recording of " + longestMillis + " ms to a silence of " + silenceMillis + " ms");
        if (!stopKeys.chars().allMatch(c -> Digits.isKeyCharacter((char) c)))
            throw new IllegalArgumentException("keys that end a recording: 0-9, *, #, A-D are expected");
    }
}
