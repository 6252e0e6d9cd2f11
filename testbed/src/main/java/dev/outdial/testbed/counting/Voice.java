package dev.outdial.testbed.counting;

import dev.outdial.testbed.rtp.TelephoneEvent;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import java.util.Random;

/**
 * What one callee sends: the prompt, and now and then a key in its place. Deterministic. <b>Threading:</b> one owner.
 *
 * <pre>
 *   frame of a key   as telephone-event            in the sound
 *      0..3          duration 160..640             tones
 *        4           duration 800, end             tones
 *       5, 6         the end once more, twice      silence
 *        7           silence                       silence
 * </pre>
 */
final class Voice {
    private static final int END_COPIES = 2;
    private static final int KEY_AND_PAUSE_FRAMES = Speech.KEY_FRAMES + 3;
    private static final int VOLUME = 10;

    private final Speech speech;
    private final OptionalInt eventPayloadType;
    private final long framesBetweenKeys;
    private final int ssrc;
    private final int timestampOffset;
    private int sequence;
    private long framesToKey;
    private int key;
    private int keyFrame;
    private int keyTimestamp;
    private boolean talkspurtStarts = true;
    private long keysPressed;

    /**
     * A voice.
     *
     * @param eventPayloadType of telephone-events; where there is none, keys are tones
     * @param framesBetweenKeys from one key to the next; 0 for no keys
     */
    Voice(Speech speech, OptionalInt eventPayloadType, int framesBetweenKeys, Random random) {
        this.speech = speech;
        this.eventPayloadType = eventPayloadType;
        this.framesBetweenKeys = framesBetweenKeys;
        ssrc = random.nextInt();
        timestampOffset = random.nextInt();
        sequence = random.nextInt(1 << 16);
        key = random.nextInt(Speech.KEYS.length());
        // Half an interval is left before the first key: its callee has just begun to listen.
        framesToKey = framesBetweenKeys == 0
                ? Long.MAX_VALUE
                : framesBetweenKeys / 2 + random.nextInt(Math.max(1, framesBetweenKeys / 2));
        keyFrame = -1;
    }

    /** Writes the packet of a frame, which is a number that grows by one every 20 ms. */
    void write(long frame, ByteBuffer target) {
        int timestamp = timestampOffset + (int) (frame * Speech.FRAME_SAMPLES);
        if (keyFrame < 0 && --framesToKey <= 0) {
            keyFrame = 0;
            keyTimestamp = timestamp;
        }
        if (keyFrame < 0) write(target, timestamp, speech.prompt(frame));
        else writeKey(target, timestamp);
    }

    private void writeKey(ByteBuffer target, int timestamp) {
        if (eventPayloadType.isPresent() && keyFrame < Speech.KEY_FRAMES + END_COPIES)
            writeEvent(target, eventPayloadType.getAsInt());
        else if (keyFrame < Speech.KEY_FRAMES) write(target, timestamp, speech.key(key, keyFrame));
        else write(target, timestamp, speech.silence());
        keyFrame++;
        if (keyFrame == Speech.KEY_FRAMES) keysPressed++;
        if (keyFrame == KEY_AND_PAUSE_FRAMES) {
            keyFrame = -1;
            framesToKey = framesBetweenKeys - KEY_AND_PAUSE_FRAMES;
            key = (key + 1) % Speech.KEYS.length();
        }
    }

    private void writeEvent(ByteBuffer target, int payloadType) {
        boolean end = keyFrame >= Speech.KEY_FRAMES - 1;
        writeHeader(target, payloadType, keyFrame == 0, keyTimestamp);
        target.put((byte) TelephoneEvent.eventOf(Speech.KEYS.charAt(key)));
        target.put((byte) (VOLUME | (end ? 0x80 : 0)));
        target.putShort((short) (Math.min(keyFrame + 1, Speech.KEY_FRAMES) * Speech.FRAME_SAMPLES));
        talkspurtStarts = true;
    }

    private void write(ByteBuffer target, int timestamp, byte[] payload) {
        writeHeader(target, speech.payloadType(), talkspurtStarts, timestamp);
        target.put(payload);
        talkspurtStarts = false;
    }

    private void writeHeader(ByteBuffer target, int payloadType, boolean marker, int timestamp) {
        target.put((byte) 0x80).put((byte) (payloadType | (marker ? 0x80 : 0)));
        target.putShort((short) sequence++).putInt(timestamp).putInt(ssrc);
    }

    /** Keys that were pressed and released. */
    long keysPressed() {
        return keysPressed;
    }
}
