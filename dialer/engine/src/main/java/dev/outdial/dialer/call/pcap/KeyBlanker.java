package dev.outdial.dialer.call.pcap;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Blanks the keys in telephone-event packets (RFC 4733): the event becomes 255, which is none; when it was pressed and for how long
 * stays. Which packets have them, the session descriptions say that pass; four bytes of any dynamic payload type are taken for one too,
 * since nothing else is so short. What is encrypted is longer and stays as it is. <b>Threading:</b> one owner.
 */
final class KeyBlanker {
    private static final int NO_KEY = 0xFF;
    private static final int EVENT_BYTES = 4;
    private static final int FIRST_DYNAMIC = 96;
    private static final Pattern EVENTS = Pattern.compile("(?im)^a=rtpmap:(\\d{1,3})[ \\t]+telephone-event/");

    private final BitSet eventTypes = new BitSet();
    private boolean mayBeEncrypted;

    /** Reads what a SIP message says of payload types. */
    void described(String message) {
        if (!message.contains("m=audio")) return;
        mayBeEncrypted |= message.contains("a=crypto:");
        Matcher events = EVENTS.matcher(message);
        while (events.find()) {
            int type = Integer.parseInt(events.group(1));
            if (type < 128) eventTypes.set(type);
        }
    }

    /** Blanks the keys of an RTP packet in place; whatever else it is given stays as it is. */
    void blank(byte[] packet) {
        int payload = payloadStart(packet);
        if (payload < 0) return;
        int type = packet[1] & 0x7F;
        int length = packet.length - payload;
        boolean isEvent = length == EVENT_BYTES && (eventTypes.get(type) || type >= FIRST_DYNAMIC);
        boolean areEvents = length % EVENT_BYTES == 0 && eventTypes.get(type) && !mayBeEncrypted;
        if (!isEvent && !areEvents) return;
        for (int at = payload; at < packet.length; at += EVENT_BYTES) packet[at] = (byte) NO_KEY;
    }

    /** Behind the header (RFC 3550 section 5.1) and its extension; negative where it is no RTP. */
    private static int payloadStart(byte[] packet) {
        if (packet.length < 12 || (packet[0] & 0xC0) != 0x80) return -1;
        int second = packet[1] & 0xFF;
        if (second >= 192 && second <= 223) return -1; // RTCP (RFC 5761 section 4)
        int start = 12 + 4 * (packet[0] & 0x0F);
        if ((packet[0] & 0x10) != 0) {
            if (packet.length < start + 4) return -1;
            start += 4 + 4 * ((packet[start + 2] & 0xFF) << 8 | packet[start + 3] & 0xFF);
        }
        return start < packet.length ? start : -1;
    }
}
