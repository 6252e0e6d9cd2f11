package dev.outdial.server.dashboard;

import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.Services;
import dev.outdial.server.calls.TrunkService;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Asked;
import dev.outdial.server.facade.Facade;
import dev.outdial.server.facade.Place;
import dev.outdial.server.facade.Trouble;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** The pages at {@code /}. Signed in is with an access key; whoever has none sees nothing. <b>Threading:</b> any. */
public final class Dashboard implements Facade {
    /** What it is called in the configuration. */
    public static final String NAME = "dashboard";

    /** The trunk within this program. */
    private static final String WITHIN = "loopback";

    private final Frame frame;
    private final List<Place> places;

    /**
     * Serves what the services tell.
     *
     * @param isLoopback whether calls that name no other trunk reach nobody outside, which each page says
     * @param clock for times and the end of keys
     * @param nanos a clock that never goes back
     * @param random a secure source
     */
    public Dashboard(
            Services services, boolean isLoopback, InstantSource clock, LongSupplier nanos, RandomGenerator random) {
        var assets = new Assets();
        this.frame = new Frame(assets, isLoopback, viewer -> hasOwnTrunk(services.trunks(), viewer));
        var sessions = new Sessions(services.keys(), random, nanos);
        var gate = new Gate(sessions, frame, clock);
        var trunks = new TrunksPage(services.trunks(), frame);
        var placing = new PlacePage(services.calls(), services.flows(), trunks, frame, random);
        var all = new ArrayList<Place>(assets.places());
        all.addAll(new SignInPage(sessions, frame, clock, random).places(gate));
        all.addAll(new LivePage(services.calls(), trunks, placing, frame).places(gate));
        all.addAll(new CallsPage(services.calls(), frame).places(gate));
        all.addAll(new CallPage(services.calls(), services.recordings(), new Traces(services.traces()), frame)
                .places(gate));
        all.addAll(placing.places(gate));
        all.addAll(new Uploads(services.media()).places(gate));
        all.addAll(trunks.places(gate));
        all.addAll(new DoNotCallPage(services.doNotCall(), frame).places(gate));
        all.addAll(new RecordingsPage(services.recordings(), services.calls(), frame).places(gate));
        all.addAll(new KeysPage(services.keys(), frame, random).places(gate));
        all.addAll(new CampaignsPage(services.campaigns(), frame).places(gate));
        this.places = List.copyOf(all);
    }

    private static boolean hasOwnTrunk(TrunkService trunks, Viewer viewer) {
        return trunks.list(viewer.account(), new PageQuery(Optional.empty(), 2)).items().stream()
                .anyMatch(trunk -> !trunk.settings().name().equals(WITHIN));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Place> places() {
        return places;
    }

    @Override
    public List<String> roots() {
        return List.of(
                "/sign-",
                "/live",
                "/calls/",
                "/place",
                "/uploads",
                "/campaigns",
                "/trunks",
                "/do-not-call",
                "/recordings",
                "/access-keys",
                Assets.PATH);
    }

    @Override
    public Answer refused(Trouble trouble, Asked asked) {
        return switch (trouble) {
            case NO_SUCH_PLACE -> said(404, "Not here", "There is no such page.");
            case OTHER_METHOD -> said(405, "Not so", "This page is not asked in that way.");
            case BODY_REFUSED -> said(413, "Too much", "What was sent is too long, or came too slowly.");
            case DRAINING -> said(503, "Not now", "The server is about to stop and takes nothing new.");
            case TOO_MANY_GUESSES -> said(429, "Too many tries", "Too many wrong keys came from there; please wait.");
            case BROKEN ->
                said(500, "Something broke here", "The log says more; the request was " + asked.requestId() + ".");
        };
    }

    private Answer said(int status, String title, String sentence) {
        return frame.bare(
                status,
                title,
                Html.of("<h1>{}</h1><p>{}</p><p><a href=\"/\">To the live calls</a></p>", title, sentence));
    }
}
