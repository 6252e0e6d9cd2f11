package dev.outdial.media.sdp;

import java.util.BitSet;

/** The telephone-events that an end takes: the value of its {@code a=fmtp} (RFC 4733 section 2.4.1). Immutable. */
final class EventRanges {
    private static final int COUNT = 256;

    /** The keys 0-9, *, #, A-D: what an end takes that says nothing. */
    static final EventRanges DTMF = parse("0-15");

    private final BitSet events;

    private EventRanges(BitSet events) {
        this.events = events;
    }

    /** Reads {@code 0-11,16}; what cannot be read is left out, and nothing at all means {@link #DTMF}. */
    static EventRanges parse(String text) {
        var events = new BitSet(COUNT);
        // Some write "events=0-15" as in the MIME type's parameter.
        for (String part : text.substring(text.indexOf('=') + 1).split("[, ]+", -1)) {
            String[] ends = part.split("-", 2);
            int first = Numeric.whole(ends[0]);
            int last = ends.length == 2 ? Numeric.whole(ends[1]) : first;
            if (first >= 0 && first <= last && last < COUNT) events.set(first, last + 1);
        }
        if (events.isEmpty()) events.set(0, 16);
        return new EventRanges(events);
    }

    boolean contains(int event) {
        return events.get(event);
    }
}
