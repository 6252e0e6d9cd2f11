package dev.outdial.dialer.call;

import dev.outdial.media.MediaBridge;
import dev.outdial.media.MediaEngine;
import dev.outdial.media.MediaSession;

/** The sound of a call over the wire, answered or not. <b>Threading:</b> any thread; nothing waits. */
record WireVoice(MediaEngine engine, MediaSession session) implements Voice {
    @Override
    public Joint join(Voice other, boolean passingKeys) {
        if (!(other instanceof WireVoice there)) throw new IllegalArgumentException("a call of another kind");
        MediaBridge bridge = engine.bridge(session, there.session, passingKeys);
        return new Joint(bridge.opened(), bridge::close);
    }
}
