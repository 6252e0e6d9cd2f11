package dev.outdial.server.calls.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.dialer.Bridge;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.Conference;
import dev.outdial.dialer.bridge.BridgeEvent;
import dev.outdial.dialer.bridge.BridgeOptions;
import dev.outdial.server.calls.BridgeRecord;
import dev.outdial.server.calls.BridgeService;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallService.RequestKey;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.calls.Created;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.SoundWish;
import dev.outdial.server.store.IdempotencyTable.Claim;
import dev.outdial.server.store.StoredDocument;
import dev.outdial.server.store.Tables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bridges of two calls, and conferences, of this process. <b>Threading:</b> any. */
final class LiveBridges implements BridgeService {
    private static final Logger LOG = LoggerFactory.getLogger(LiveBridges.class);
    private static final String CONNECT = "connect";
    private static final String HELD = "held";
    private static final String PROGRESSING = "progressing";
    private static final String CONFERENCE = "conference";

    /** The state of one that is over. */
    static final String OVER = "terminated";
    /** The states of those that are not. */
    static final List<String> OPEN = List.of(PROGRESSING, HELD);

    private final Workshop workshop;
    private final Controls controls;
    /** Those that go on here; ended by {@link AutoCloseable#close}. */
    private final Map<String, Room> rooms = new ConcurrentHashMap<>();
    /** Held while it is told who came into a bridge or left it. */
    private final ReentrantLock membership = new ReentrantLock();

    /** What the engine has of one. */
    private sealed interface Room {
        record Two(Bridge bridge) implements Room {}

        record Many(Conference conference) implements Room {}
    }

    LiveBridges(Workshop workshop, Controls controls) {
        this.workshop = workshop;
        this.controls = controls;
    }

    @Override
    public Created<BridgeRecord> create(String account, String kind, List<String> callIds, Optional<RequestKey> key) {
        check(kind, callIds);
        String id = UUID.randomUUID().toString();
        Instant now = workshop.now();
        var wanted = new BridgeRecord(id, account, kind, PROGRESSING, callIds, now);
        try {
            return create(wanted, key);
        } catch (RuntimeException unmade) {
            callIds.forEach(call -> giveBack(call, id));
            throw unmade;
        }
    }

    private Created<BridgeRecord> create(BridgeRecord wanted, Optional<RequestKey> key) {
        String account = wanted.account();
        Instant now = wanted.created();
        Claim claim = workshop.store().durably(tables -> {
            Claim own = key.<Claim>map(one ->
                            tables.idempotency().claim(account, one.key(), one.bodyHash(), List.of(wanted.id()), now))
                    .orElseGet(Claim.First::new);
            // Checked in the transaction: a key is not used up by what cannot be done.
            if (own instanceof Claim.First) {
                wanted.callIds().forEach(call -> requireUp(tables, account, call));
                wanted.callIds().forEach(call -> take(call, wanted.id()));
                boolean unused = tables.bridges().insert(document(wanted, now));
            }
            return own;
        });
        return switch (claim) {
            case Claim.OtherBody other -> throw Troubles.otherBody();
            case Claim.Replay replay -> new Created<>(get(account, replay.ids().getFirst()), true);
            case Claim.First first -> {
                join(wanted);
                yield new Created<>(wanted, false);
            }
        };
    }

    private static void check(String kind, List<String> callIds) {
        switch (kind) {
            case CONNECT -> {
                if (callIds.size() != 2 || callIds.getFirst().equals(callIds.getLast())) {
                    throw Troubles.invalid("call_ids", "two calls are expected");
                }
            }
            case CONFERENCE -> {
                if (callIds.size() > 20 || callIds.stream().distinct().count() != callIds.size()) {
                    throw Troubles.invalid("call_ids", "up to 20 calls, each once, are expected");
                }
            }
            default -> throw Troubles.invalid("kind", "'" + kind + "' is no kind: connect or conference is expected");
        }
    }

    private void requireUp(Tables tables, String account, String callId) {
        CallRecord call = tables.calls().find(account, callId).orElseThrow(() -> Troubles.noCall(callId));
        LiveCall live =
                workshop.live(call.id()).orElseThrow(call.ended().isPresent() ? Troubles::over : Troubles::elsewhere);
        if (live.isOver()) throw Troubles.over();
        if (!live.isAnswered()) throw Troubles.notAnswered();
    }

    /**
     * Has a call be of one bridge alone, however many want it at once.
     *
     * @return false where it was of this one before
     */
    private boolean take(String callId, String bridgeId) {
        AtomicReference<String> bridge =
                workshop.live(callId).orElseThrow(Troubles::over).bridge();
        if (bridge.compareAndSet("", bridgeId)) return true;
        if (bridge.get().equals(bridgeId)) return false;
        String sentence = "the call " + callId + " is in a bridge already";
        throw new ServiceException(
                ServiceException.Kind.CONFLICT,
                "call_in_bridge",
                sentence,
                List.of(new ServiceException.Field("call_ids", sentence)));
    }

    /** @return whether it was of that bridge */
    private boolean giveBack(String callId, String bridgeId) {
        // What is over is of no other bridge any more.
        return workshop.live(callId)
                .map(live -> live.bridge().compareAndSet(bridgeId, ""))
                .orElse(true);
    }

    private void join(BridgeRecord bridge) {
        if (bridge.kind().equals(CONNECT)) {
            Call first = engines(bridge.account(), bridge.callIds().getFirst());
            Call second = engines(bridge.account(), bridge.callIds().getLast());
            rooms.put(
                    bridge.id(), new Room.Two(workshop.dialer().bridge(first, second, BridgeOptions.DEFAULT, event -> {
                        if (event instanceof BridgeEvent.Closed) terminated(bridge.id());
                    })));
        } else {
            Conference conference = workshop.dialer().conference();
            bridge.callIds().forEach(id -> conference.add(engines(bridge.account(), id)));
            rooms.put(bridge.id(), new Room.Many(conference));
        }
        bridge.callIds().forEach(id -> entered(id, bridge.id()));
    }

    private Call engines(String account, String callId) {
        CallRecord call = workshop.store()
                .read(tables -> tables.calls().find(account, callId))
                .orElseThrow(() -> Troubles.noCall(callId));
        return controls.answered(call).call().orElseThrow(Troubles::notAnswered);
    }

    private void entered(String callId, String bridgeId) {
        membership.lock();
        try {
            var unused = workshop.write(callId, new Change.Bridged(bridgeId));
        } finally {
            membership.unlock();
        }
    }

    /** Told once, and before anything that is told of the bridge that it comes into next. */
    private void left(String callId, String bridgeId) {
        membership.lock();
        try {
            if (giveBack(callId, bridgeId)) {
                var unused = workshop.write(callId, new Change.Bridged(""));
            }
        } finally {
            membership.unlock();
        }
    }

    private void terminated(String id) {
        rooms.remove(id);
        BridgeRecord bridge = changed(id, known -> with(known, OVER, known.callIds()));
        bridge.callIds().forEach(call -> left(call, id));
    }

    private BridgeRecord changed(String id, java.util.function.UnaryOperator<BridgeRecord> change) {
        Instant now = workshop.now();
        return workshop.store().lightly(tables -> {
            BridgeRecord known =
                    tables.bridges().lock(id).map(LiveBridges::read).orElseThrow(() -> Troubles.none("bridge", id));
            BridgeRecord next = change.apply(known);
            boolean unused = tables.bridges().update(document(next, now));
            return next;
        });
    }

    @Override
    public BridgeRecord get(String account, String id) {
        return workshop.store()
                .read(tables -> tables.bridges().find(account, id))
                .map(LiveBridges::read)
                .orElseThrow(() -> Troubles.none("bridge", id));
    }

    @Override
    public Page<BridgeRecord> list(String account, PageQuery query) {
        Page<StoredDocument> page =
                workshop.store().read(tables -> tables.bridges().list(account, query.cursor(), query.limit()));
        return new Page<>(page.items().stream().map(LiveBridges::read).toList(), page.next());
    }

    private Conference conference(String account, String id) {
        BridgeRecord bridge = get(account, id);
        if (!bridge.kind().equals(CONFERENCE)) {
            throw Troubles.conflict("bridge_of_two", "a bridge of two calls stays as it is; a conference takes more");
        }
        if (rooms.get(id) instanceof Room.Many many) return many.conference();
        throw Troubles.conflict("bridge_over", "the bridge is over");
    }

    @Override
    public BridgeRecord add(String account, String id, String callId) {
        Conference conference = conference(account, id);
        Call call = engines(account, callId);
        boolean isNew = take(callId, id);
        try {
            conference.add(call);
        } catch (IllegalStateException full) {
            boolean unused = isNew && giveBack(callId, id);
            throw Troubles.conflict("conference_full", String.valueOf(full.getMessage()));
        }
        entered(callId, id);
        if (isHeld(get(account, id))) silence(account, callId, true);
        return changed(id, known -> {
            List<String> more = new ArrayList<>(known.callIds());
            if (!more.contains(callId)) more.add(callId);
            return with(known, known.state(), more);
        });
    }

    @Override
    public BridgeRecord remove(String account, String id, String callId) {
        Conference conference = conference(account, id);
        BridgeRecord bridge = get(account, id);
        if (!bridge.callIds().contains(callId)) throw Troubles.noCall(callId);
        if (isHeld(bridge)) silence(account, callId, false);
        workshop.live(callId).flatMap(LiveCall::call).ifPresent(conference::remove);
        left(callId, id);
        return changed(
                id,
                known -> with(
                        known,
                        known.state(),
                        known.callIds().stream()
                                .filter(one -> !one.equals(callId))
                                .toList()));
    }

    @Override
    public BridgeRecord hold(String account, String id, boolean on) {
        BridgeRecord bridge = get(account, id);
        if (!rooms.containsKey(id)) throw Troubles.conflict("bridge_over", "the bridge is over");
        if (isHeld(bridge) == on) return bridge;
        bridge.callIds().forEach(call -> silence(account, call, on));
        return changed(id, known -> with(known, on ? HELD : PROGRESSING, known.callIds()));
    }

    private static boolean isHeld(BridgeRecord bridge) {
        return bridge.state().equals(HELD);
    }

    /** Whether the others hear that call; nothing where it is over. */
    private void silence(String account, String callId, boolean on) {
        boolean isUp = workshop.live(callId)
                .filter(live -> live.isAnswered() && !live.isOver())
                .isPresent();
        if (!isUp) return;
        try {
            workshop.store()
                    .read(tables -> tables.calls().find(account, callId))
                    .ifPresent(call -> controls.mute(call, "in", on));
        } catch (ServiceException over) {
            LOG.debug("call={} ended while its bridge was held or went on: {}", callId, over.getMessage());
        }
    }

    private void each(String account, String id, Consumer<CallRecord> deed) {
        BridgeRecord bridge = get(account, id);
        if (!rooms.containsKey(id)) throw Troubles.conflict("bridge_over", "the bridge is over");
        for (String callId : bridge.callIds()) {
            if (workshop.live(callId)
                    .filter(live -> live.isAnswered() && !live.isOver())
                    .isPresent()) {
                workshop.store()
                        .read(tables -> tables.calls().find(account, callId))
                        .ifPresent(deed);
            }
        }
    }

    @Override
    public void play(String account, String id, List<String> urls, boolean loop, double volumeDb) {
        SoundWish wish = SoundWish.playing(urls, loop).louderBy(volumeDb);
        each(account, id, call -> {
            String unused = controls.sound(call, wish);
        });
    }

    @Override
    public void say(String account, String id, String text, String language, String voice, int times) {
        SoundWish wish = SoundWish.saying(text, language, voice, Math.max(1, times));
        each(account, id, call -> {
            String unused = controls.sound(call, wish);
        });
    }

    @Override
    public void stopMedia(String account, String id) {
        each(account, id, call -> {
            boolean unused = controls.stopMedia(call);
        });
    }

    @Override
    public void delete(String account, String id) {
        BridgeRecord bridge = get(account, id);
        if (isHeld(bridge)) bridge.callIds().forEach(call -> silence(account, call, false));
        Room room = rooms.remove(id);
        switch (room) {
            case Room.Two two -> two.bridge().close();
            case Room.Many many -> many.conference().close();
            case null -> {}
        }
        if (!bridge.state().equals(OVER)) terminated(id);
        Instant now = workshop.now();
        boolean unused = workshop.store().durably(tables -> tables.bridges().softDelete(account, id, now));
    }

    private static BridgeRecord with(BridgeRecord bridge, String state, List<String> callIds) {
        return new BridgeRecord(bridge.id(), bridge.account(), bridge.kind(), state, callIds, bridge.created());
    }

    /** With whose it is, so that it ends with that process. */
    private StoredDocument document(BridgeRecord bridge, Instant updated) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("kind", bridge.kind())
                .put("node", workshop.settings().lease().held().node());
        var ids = body.putArray("call_ids");
        bridge.callIds().forEach(ids::add);
        return new StoredDocument(
                bridge.id(), bridge.account(), "", "", bridge.state(), body.toString(), bridge.created(), updated);
    }

    /** The process that it is in. */
    static String node(StoredDocument stored) {
        return CallViews.stored(stored.body()).path("node").asText();
    }

    private static BridgeRecord read(StoredDocument stored) {
        JsonNode body = CallViews.stored(stored.body());
        List<String> ids = new ArrayList<>();
        body.path("call_ids").forEach(id -> ids.add(id.asText()));
        return new BridgeRecord(
                stored.id(), stored.account(), body.path("kind").asText(), stored.state(), ids, stored.created());
    }
}
