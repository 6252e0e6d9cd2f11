package dev.outdial.media;

import dev.outdial.media.mix.Mixing;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All the live sound that goes out in one session, in one. Nothing is made for each packet. <b>Threading:</b> one owner. */
final class LiveSounds {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSounds.class);

    private final List<LiveSound> sounds = new ArrayList<>();
    private short[] further = {};

    /** Packets have so many samples from now on. */
    void agree(int samplesPerPacket) {
        further = new short[samplesPerPacket];
    }

    /** Has it heard too; what is among them already is so once. */
    void add(LiveSound sound) {
        if (!sounds.contains(sound)) sounds.add(sound);
    }

    void remove(LiveSound sound) {
        sounds.remove(sound);
    }

    /**
     * Asks each, and adds up what they give.
     *
     * @param heard whether the far end hears it: else those are not asked that wait
     * @return false where none gives any
     */
    boolean fill(short[] target, int count, long nowNanos, boolean heard) {
        boolean any = false;
        // By index: one that is over is taken out on the way.
        for (int i = 0; i < sounds.size(); ) {
            LiveSound sound = sounds.get(i);
            boolean asked = heard || !sound.waitsToBeHeard();
            if (asked && ask(sound, any ? further : target, count, nowNanos)) {
                if (any) Mixing.mixInto(target, further, count);
                any = true;
            }
            if (i < sounds.size() && sounds.get(i).equals(sound)) i++;
        }
        return any;
    }

    private boolean ask(LiveSound sound, short[] target, int count, long nowNanos) {
        try {
            boolean given = sound.fill(target, count, nowNanos);
            if (sound.isOver()) sounds.remove(sound);
            return given;
        } catch (Throwable e) {
            // Somebody else's code, once in a packet time: it is not asked again, and the call goes on.
            LOG.error("a live sound failed and is heard no more", e);
            sounds.remove(sound);
            return false;
        }
    }
}
