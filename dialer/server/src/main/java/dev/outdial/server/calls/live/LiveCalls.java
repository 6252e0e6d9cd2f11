package dev.outdial.server.calls.live;

import dev.outdial.dialer.Dialer;
import dev.outdial.server.calls.BridgeService;
import dev.outdial.server.calls.CallService;
import dev.outdial.server.calls.EventService;
import dev.outdial.server.calls.GroupcallService;
import dev.outdial.server.calls.RecordingService;
import dev.outdial.server.store.Store;

/** Calls for real: skeleton. */
public final class LiveCalls implements AutoCloseable {
    private LiveCalls(Store store, Dialer dialer, LiveSettings settings) {}

    /** Begins: ends what was left behind, and dials what is due. */
    public static LiveCalls start(Store store, Dialer dialer, LiveSettings settings) {
        return new LiveCalls(store, dialer, settings);
    }

    public CallService calls() {
        throw new UnsupportedOperationException("calls");
    }

    public GroupcallService groupcalls() {
        throw new UnsupportedOperationException("groupcalls");
    }

    public BridgeService bridges() {
        throw new UnsupportedOperationException("bridges");
    }

    public RecordingService recordings() {
        throw new UnsupportedOperationException("recordings");
    }

    public EventService events() {
        throw new UnsupportedOperationException("events");
    }

    /** Stops dialling. Calls that are up end with the dialer, which is closed before the store and after this was told {@link #stopDialling}. */
    public void stopDialling() {}

    @Override
    public void close() {}
}
