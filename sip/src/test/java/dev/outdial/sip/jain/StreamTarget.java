package dev.outdial.sip.jain;

import static dev.outdial.sip.jain.DatagramTarget.require;

import dev.outdial.sip.jain.StreamFraming.Place;

/** Anything as a stream: it is cut, or divided into messages, in the same places however it arrives. */
public final class StreamTarget {
    private StreamTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        messages(input);
    }

    /** How many whole messages were in it. */
    static int messages(byte[] input) {
        var atOnce = new StreamFraming();
        boolean sound = atOnce.follow(input, 0, input.length, 0);
        var byByte = new StreamFraming();
        int whole = 0;
        int messageBytes = 0;
        for (byte b : input) {
            Place place = byByte.follow(b, 0);
            if (place == Place.FORBIDDEN) {
                require(!sound, "cut in both, or in neither");
                return whole;
            }
            if (place == Place.WITHIN || place == Place.LAST) messageBytes++;
            require(messageBytes <= 3 * SizeAndRateGuard.LARGEST_MESSAGE_BYTES, "no message without an end");
            if (place != Place.LAST) continue;
            require(byByte.deadlineNanos().isEmpty(), "no deadline between messages");
            whole++;
            messageBytes = 0;
        }
        require(sound, "cut in both, or in neither");
        require(atOnce.deadlineNanos().equals(byByte.deadlineNanos()), "the same state");
        return whole;
    }
}
