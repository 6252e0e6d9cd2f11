package dev.outdial.server.calls.live;

import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.guard.NumberPlan;
import dev.outdial.dialer.ledger.LedgerRules;
import dev.outdial.server.calls.BridgeService;
import dev.outdial.server.calls.CallService;
import dev.outdial.server.calls.CampaignService;
import dev.outdial.server.calls.EventService;
import dev.outdial.server.calls.GroupcallService;
import dev.outdial.server.calls.ImmediateCalls;
import dev.outdial.server.calls.RecordingService;
import dev.outdial.server.calls.SoundCheck;
import dev.outdial.server.calls.TraceService;
import dev.outdial.server.dial.CallingHours;
import dev.outdial.server.dial.Dispatcher;
import dev.outdial.server.store.Store;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Calls that are stored, dialled when their time has come, told of, and controlled: the services on store and engine, of one process.
 *
 * <p>Who closes it closes it in this order: {@link #stopDialling}, the dialer with the time that running calls may have, this, the lease, the
 * store. Calls that are still up when this is closed are left to be ended as unknown by whoever opens the store next.
 *
 * <p><b>Threading:</b> any.
 */
public final class LiveCalls implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    /** Who looks less often cannot tell whether others are silent. */
    private static final int LOOKS_A_LEASE = 3;

    private final Workshop workshop;
    private final Accepting accepting;
    private final Dispatcher dispatcher;
    private final Farewells farewells;
    private final TrunkNews trunkNews;
    private final Recovery recovery;
    private final CallService calls;
    private final GroupcallService groupcalls;
    private final BridgeService bridges;
    private final CampaignService campaigns;
    private final CampaignEnds campaignEnds;
    private final Recordings recordings;
    private final EventService events;

    /**
     * What there is to count.
     *
     * @param live calls that are up or being set up here
     * @param eventsWaiting what happened and is not stored yet
     * @param changesIgnored what was told of a call and could not happen any more
     */
    public record Figures(int live, long eventsWaiting, long changesIgnored) {}

    private LiveCalls(Store store, Dialer dialer, LiveSettings settings) {
        workshop = new Workshop(store, dialer, settings);
        accepting = new Accepting(workshop);
        var controls = new Controls(workshop);
        recordings = new Recordings(workshop, controls);
        calls = new LiveCallService(workshop, accepting, controls, new Gathers(workshop, controls), recordings);
        groupcalls = new LiveGroupcalls(workshop, accepting);
        bridges = new LiveBridges(workshop, controls);
        campaignEnds = new CampaignEnds(workshop);
        campaigns = new LiveCampaigns(workshop, accepting, campaignEnds::wake);
        events = new LiveEvents(workshop);
        var outgoing = new Outgoing(workshop, recordings::whole);
        dispatcher = new Dispatcher(
                store,
                settings.lease(),
                new CallingHours(new NumberPlan(Optional.empty()), ZoneId.systemDefault()),
                settings.clock(),
                settings.mostAtOnce(),
                outgoing);
        outgoing.tell(dispatcher);
        workshop.onQueueChanged(dispatcher::wake);
        farewells = new Farewells(workshop);
        trunkNews = new TrunkNews(workshop);
        Duration looks = settings.lease().length().dividedBy(LOOKS_A_LEASE);
        recovery = new Recovery(workshop, farewells, looks.compareTo(LOOK_EVERY) < 0 ? looks : LOOK_EVERY);
    }

    /**
     * Begins: writes what an earlier process could not, ends what it left behind, takes calls that come in, and dials what is due.
     *
     * @param dialer its ledger is the one of the settings
     */
    public static LiveCalls start(Store store, Dialer dialer, LiveSettings settings) {
        var live = new LiveCalls(store, dialer, settings);
        live.begin();
        return live;
    }

    private void begin() {
        workshop.writer().recover();
        workshop.writer().start();
        recovery.look();
        workshop.listeners().start();
        workshop.traces().start();
        workshop.settings().lease().onLost(recovery::lost);
        recovery.start();
        workshop.dialer().onTrunks(trunkNews::tell);
        workshop.dialer().onIncoming(new Incoming(workshop, recordings::whole)::receive);
        campaignEnds.start();
        dispatcher.start();
    }

    /** Has somebody told of each call that this process ends, once that is stored; in place of anybody before. @param listener never waits */
    public void onOver(Consumer<String> listener) {
        workshop.onOver(listener);
    }

    public CallService calls() {
        return calls;
    }

    public GroupcallService groupcalls() {
        return groupcalls;
    }

    public BridgeService bridges() {
        return bridges;
    }

    public CampaignService campaigns() {
        return campaigns;
    }

    public RecordingService recordings() {
        return recordings;
    }

    public EventService events() {
        return events;
    }

    /** What went over the wire. */
    public TraceService traces() {
        return workshop.traces();
    }

    /** Looks at sounds before calls are placed for them. */
    public SoundCheck sounds() {
        return new Sounds(workshop);
    }

    /**
     * Places calls that are dialled now or not at all.
     *
     * @param rules those of the ledger
     */
    public ImmediateCalls immediate(Supplier<LedgerRules> rules) {
        return new LiveImmediateCalls(workshop, accepting, rules);
    }

    public Figures figures() {
        return new Figures(
                workshop.live().size(),
                workshop.writer().waiting(),
                workshop.keeper().ignored());
    }

    /** Dials nothing of the queue any more; what is accepted stays in it. Twice does no harm. */
    public void stopDialling() {
        farewells.close();
        campaignEnds.close();
        dispatcher.close();
    }

    /** Stores what is not stored yet, or has it lie in a file where the store is away. */
    @Override
    public void close() {
        trunkNews.close();
        campaignEnds.close();
        dispatcher.close();
        recovery.close();
        workshop.listeners().close();
        workshop.traces().close();
        workshop.writer().close();
    }
}
