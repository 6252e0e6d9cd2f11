package dev.outdial.server.calls;

import dev.outdial.server.calls.CallService.RequestKey;
import java.util.List;
import java.util.Optional;

/** Lets calls hear each other. Accounts, threading and errors as {@link CallService}; CONFLICT for a call that is not up. */
public interface BridgeService {
    /** @param kind connect (two calls) or conference */
    Created<BridgeRecord> create(String account, String kind, List<String> callIds, Optional<RequestKey> key);

    BridgeRecord get(String account, String id);

    Page<BridgeRecord> list(String account, PageQuery query);

    BridgeRecord add(String account, String id, String callId);

    BridgeRecord remove(String account, String id, String callId);

    /** Everybody in it hears that. */
    void play(String account, String id, List<String> urls, boolean loop, double volumeDb);

    /** Everybody in it hears that. */
    void say(String account, String id, String text, String language, String voice, int times);

    void stopMedia(String account, String id);

    /** While it is held nobody in it hears another, though each hears what is played to it; a second time does no harm. */
    BridgeRecord hold(String account, String id, boolean on);

    /** Takes all calls out of it; they go on. */
    void delete(String account, String id);
}
