package dev.outdial.media.sdp;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.sdp.Description.Audio;
import dev.outdial.media.sdp.Description.TaggedKey;
import dev.outdial.media.sdp.Format.Numbered;
import dev.outdial.media.srtp.SrtpKey;
import dev.outdial.media.srtp.SrtpPolicy;
import java.util.ArrayList;
import java.util.List;

/** The audio section that offers everything that we can: at the beginning of a session, and within it. */
final class FullOffer {
    private static final int FIRST_DYNAMIC = 96;
    private static final int LAST_DYNAMIC = 127;

    private final Capabilities can;
    private final List<SrtpKey> keys;
    private final List<Numbered> used;

    /**
     * @param used every number that a description of ours has named in the session, the latest first: it stands for the same to
     *     the end (RFC 3264 section 8.3.2)
     */
    FullOffer(Capabilities can, List<SrtpKey> keys, List<Numbered> used) {
        this.can = can;
        this.keys = keys;
        this.used = used;
    }

    /** The first offer. */
    Audio first() {
        MediaProfile profile = can.srtp() == SrtpPolicy.REQUIRED ? MediaProfile.SAVP : MediaProfile.AVP;
        return beyond(new Audio(profile, List.of(), true, can.ptimeMillis(), Direction.SENDRECV, List.of()));
    }

    /** What was last described, and after it what it lacks. */
    Audio beyond(Audio last) {
        List<Numbered> formats = new ArrayList<>(last.formats());
        for (AudioCodec codec : can.codecs()) add(Format.of(codec), formats);
        if (can.comfortNoise()) add(Format.COMFORT_NOISE, formats);
        // By the clock of each codec (RFC 4733 section 2.1), and by the usual one for ends that know no other.
        for (AudioCodec codec : can.codecs()) add(Format.eventsOf(codec.clockRate()), formats);
        add(Format.TELEPHONE_EVENT, formats);
        return new Audio(last.profile(), formats, true, last.ptimeMillis(), last.direction(), crypto(last.crypto()));
    }

    private void add(Format format, List<Numbered> formats) {
        if (formats.stream().noneMatch(one -> one.format() == format))
            formats.add(new Numbered(number(format, formats), format));
    }

    private int number(Format format, List<Numbered> formats) {
        for (Numbered one : used) if (one.format() == format && isFree(one.number(), formats)) return one.number();
        int number = format.usualNumber();
        for (int other = FIRST_DYNAMIC; other <= LAST_DYNAMIC && isTaken(number, format, formats); other++)
            number = other;
        return number;
    }

    private boolean isTaken(int number, Format format, List<Numbered> formats) {
        return !isFree(number, formats)
                || used.stream().anyMatch(one -> one.number() == number && one.format() != format);
    }

    private static boolean isFree(int number, List<Numbered> formats) {
        for (Numbered one : formats) if (one.number() == number) return false;
        return true;
    }

    private List<TaggedKey> crypto(List<TaggedKey> last) {
        List<TaggedKey> all = new ArrayList<>(last);
        int tag = last.stream().mapToInt(TaggedKey::tag).max().orElse(0);
        for (SrtpKey key : keys)
            if (last.stream().noneMatch(one -> one.key().equals(key))) all.add(new TaggedKey(++tag, key));
        return all;
    }
}
