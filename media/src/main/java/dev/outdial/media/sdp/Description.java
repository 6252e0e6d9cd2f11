package dev.outdial.media.sdp;

import dev.outdial.media.sdp.Format.Numbered;
import dev.outdial.media.srtp.SrtpKey;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * A session description of ours, but for its version: two that are equal are one to the far end.
 *
 * @param rtp where we receive
 * @param before the sections before the audio, all refused: an answer has one m= line for each of the offer's (RFC 3264
 *     section 6), and every later description has as many (section 8)
 * @param after the sections after it, all refused
 */
record Description(InetSocketAddress rtp, long sessionId, List<Refused> before, Audio audio, List<Refused> after) {

    /** A stream that the far end offered and that we do not take. */
    record Refused(String type, String protocol, String format) {}

    /**
     * @param allEvents whether telephone-event 16, the hook flash, is named beside the keys
     * @param crypto the keys that we may send with, first choice first; none in clear
     */
    record Audio(
            MediaProfile profile,
            List<Numbered> formats,
            boolean allEvents,
            int ptimeMillis,
            Direction direction,
            List<TaggedKey> crypto) {
        Audio {
            formats = List.copyOf(formats);
            crypto = List.copyOf(crypto);
        }

        Audio with(Direction other) {
            return new Audio(profile, formats, allEvents, ptimeMillis, other, crypto);
        }

        Audio with(List<TaggedKey> other) {
            return new Audio(profile, formats, allEvents, ptimeMillis, direction, other);
        }
    }

    /** A key of ours and the tag of its {@code a=crypto} line. */
    record TaggedKey(int tag, SrtpKey key) {}

    Description {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    Description with(Audio other) {
        return new Description(rtp, sessionId, before, other, after);
    }
}
