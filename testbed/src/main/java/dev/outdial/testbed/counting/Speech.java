package dev.outdial.testbed.counting;

import dev.outdial.testbed.prompts.Prompt;
import dev.outdial.testbed.rtp.G711;
import dev.outdial.testbed.sound.Clip;
import dev.outdial.testbed.sound.Sound;

/** What callees say, in the frames of one codec, made once for all of them: a prompt, keys as tones, silence. Immutable. */
final class Speech {
    /** The keys that are pressed, in turn. */
    static final String KEYS = "1234567890*#";

    /** Samples of a frame: 20 ms. */
    static final int FRAME_SAMPLES = 160;

    /** Frames that a key is down: 100 ms. */
    static final int KEY_FRAMES = 5;

    private final G711 law;
    private final byte[][] prompt;
    private final byte[][][] keys = new byte[KEYS.length()][][];
    private final byte[] silence;

    Speech(G711 law) {
        this.law = law;
        short[] pcm = Prompt.WELCOME_WAV.reference();
        prompt = frames(Clip.of(pcm), Math.ceilDiv(pcm.length, FRAME_SAMPLES));
        for (int i = 0; i < keys.length; i++) keys[i] = frames(Sound.key(KEYS.charAt(i)), KEY_FRAMES);
        silence = frames(Sound.silence(), 1)[0];
    }

    private byte[][] frames(Sound sound, int count) {
        var pcm = new short[FRAME_SAMPLES];
        var frames = new byte[count][];
        for (int i = 0; i < count; i++) {
            sound.next(pcm);
            frames[i] = law.encode(pcm);
        }
        return frames;
    }

    int payloadType() {
        return law.payloadType();
    }

    /** A frame of the prompt, which begins again when it is over. */
    byte[] prompt(long frame) {
        return prompt[(int) (frame % prompt.length)];
    }

    /** A frame of a key's tones. */
    byte[] key(int index, int frame) {
        return keys[index][frame];
    }

    byte[] silence() {
        return silence;
    }
}
