package dev.outdial.media;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who listens to a sound, beside one another. Nothing is made for each packet. <b>Threading:</b> one owner, the media loop. */
final class Audience {
    private static final Logger LOG = LoggerFactory.getLogger(Audience.class);

    private final List<SoundListener> listeners = new ArrayList<>();

    /** Has the listener hear too; who listens already does so once. */
    void add(SoundListener listener) {
        if (!listeners.contains(listener)) listeners.add(listener);
    }

    void remove(SoundListener listener) {
        listeners.remove(listener);
    }

    boolean isEmpty() {
        return listeners.isEmpty();
    }

    /**
     * Has all of them hear a packet time of sound.
     *
     * @return whether they are still who they were: false where one failed and hears nothing more
     */
    boolean hear(short[] samples, int count, long nowNanos) {
        boolean whole = true;
        // By index: one that failed is taken out on the way.
        for (int i = 0; i < listeners.size(); ) {
            SoundListener who = listeners.get(i);
            whole &= tell(who, samples, count, nowNanos);
            if (i < listeners.size() && listeners.get(i).equals(who)) i++;
        }
        return whole;
    }

    private boolean tell(SoundListener who, short[] samples, int count, long nowNanos) {
        try {
            who.hear(samples, count, nowNanos);
            return true;
        } catch (Throwable e) {
            // Somebody else's code, once in a packet time: it is not asked again, and the call goes on.
            LOG.error("a sound listener failed and hears nothing more", e);
            listeners.remove(who);
            return false;
        }
    }
}
