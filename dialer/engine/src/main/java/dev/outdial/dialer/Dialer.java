package dev.outdial.dialer;

import dev.outdial.dialer.bridge.BridgeEvent;
import dev.outdial.dialer.bridge.BridgeOptions;
import dev.outdial.dialer.call.Addressing;
import dev.outdial.dialer.call.Backstage;
import dev.outdial.dialer.call.DialledLeg;
import dev.outdial.dialer.call.EngineRoom;
import dev.outdial.dialer.call.HangUpReason;
import dev.outdial.dialer.call.Mailboxes;
import dev.outdial.dialer.call.Stage;
import dev.outdial.dialer.call.StoredDialogs;
import dev.outdial.dialer.call.TrunkLine;
import dev.outdial.dialer.call.WaitingLines;
import dev.outdial.dialer.call.probe.MachineProbe;
import dev.outdial.dialer.call.probe.TrunkProbe;
import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.event.TrunkEvent;
import dev.outdial.dialer.group.GroupEvent;
import dev.outdial.dialer.group.GroupPlan;
import dev.outdial.dialer.incoming.IncomingOptions;
import dev.outdial.dialer.journal.DialogEnd;
import dev.outdial.dialer.journal.JournalEntry;
import dev.outdial.dialer.journal.StoredDialog;
import dev.outdial.dialer.log.LogMark;
import dev.outdial.dialer.probe.ProbeOptions;
import dev.outdial.dialer.probe.ProbeReport;
import dev.outdial.dialer.retry.RetryPolicy;
import dev.outdial.dialer.trunk.DialFormat;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.media.MediaConfig;
import dev.outdial.media.MediaEngine;
import dev.outdial.media.SoundChecker;
import dev.outdial.media.net.Lateness;
import dev.outdial.sip.SipException;
import dev.outdial.sip.UserAgent;
import dev.outdial.sip.UserAgentConfig;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.trace.CallLogs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Places calls over the trunks that its user brings. One dialer serves a whole program: it opens SIP when the first trunk or
 * call needs it, keeps its trunks registered, and runs any number of calls at once.
 *
 * <p><b>Threading:</b> any thread; what waits is made for virtual threads.
 */
public final class Dialer implements AutoCloseable {
    private static final String PRODUCT = "Outdial/0.1";
    private static final String LISTENERS = "outdial-listener-";
    private static final int SERVICE_UNAVAILABLE = 503;

    /** How long running calls may take to end when the dialer closes: a BYE and its answer, not a whole timer F. */
    private static final Duration LAST_CALLS = Duration.ofSeconds(4);

    /** How long the registrars may take after that: long enough for a repeated un-REGISTER. */
    private static final Duration LAST_REGISTRATIONS = Duration.ofSeconds(3);

    private final WireTaps taps;
    private final UserAgent userAgent;
    private final SoundSources sources;
    private final MediaEngine media;
    private final Mailboxes mailboxes = new Mailboxes();
    private final ClipLibrary clips;
    private final SoundChecker checker;
    private final EngineRoom room;
    private final Lines lines;
    private final TrunkDesk trunks;
    private final LegMaker legs;
    private final RunningCalls running = new RunningCalls();
    private final ExecutorService applications;
    private final Optional<Stage> stage;

    private Dialer(DialerConfig config, WireTaps taps, Optional<Stage> stage) {
        this.taps = taps;
        this.stage = stage;
        applications = Executors.newThreadPerTaskExecutor(threads("outdial-call-"));
        userAgent = UserAgent.open(new UserAgentConfig(
                config.localHost(),
                config.localPort(),
                PRODUCT,
                config.tlsTrust(),
                config.network().nameServers(),
                config.network().policy()));
        Optional<CallLogs> logs = config.tracing() ? Optional.of(new CallLogs()) : Optional.empty();
        sources = new SoundSources(config.sound());
        MediaConfig wire = sources.serve(MediaConfig.of(config.firstRtpPort(), config.lastRtpPort()));
        media = MediaEngine.open(taps.into(wire));
        checker = sources.checker();
        clips = new ClipLibrary(media, stage);
        taps.watch(userAgent, logs);
        room = new EngineRoom(
                userAgent,
                media,
                config.ledger(),
                mailboxes,
                logs,
                taps.packets(),
                stage.<LongSupplier>map(own -> own::nanos).orElse(System::nanoTime),
                config.journal(),
                new WaitingLines(),
                stage);
        lines = new Lines(userAgent);
        legs = new LegMaker(room, lines);
        trunks = new TrunkDesk(lines, room, applications);
        config.trunks().forEach(trunks::put);
    }

    /**
     * Opens a dialer and begins to register its trunks. Does not wait for them: a call over a trunk does.
     *
     * @throws DialerException if the local address cannot be bound, the trust file holds no certificate, or the file to capture to or
     *     the folder for packets cannot be written
     */
    public static Dialer start(DialerConfig config) {
        WireTaps taps = WireTaps.open(config);
        try {
            return new Dialer(config, taps, Optional.empty());
        } catch (SipException | DialerException unable) {
            taps.close();
            throw new DialerException(String.valueOf(unable.getMessage()), unable);
        }
    }

    /** A dialer whose calls are played and not made: {@code dialer.testing} gives it its stage. */
    public static Dialer on(Stage stage, DialerConfig config) {
        return new Dialer(config, WireTaps.none(), Optional.of(stage));
    }

    private ThreadFactory threads(String name) {
        return stage.map(own -> own.threads(name))
                .orElseGet(() -> Thread.ofVirtual().name(name, 0).factory());
    }

    /**
     * Calls a number over a trunk.
     *
     * @param ringFor how long to wait for the answer
     */
    public Call dial(String trunk, String target, Duration ringFor) {
        return dial(DialRequest.over(trunk, target).ringingFor(ringFor));
    }

    /** Places a call; returns at once. */
    public Call dial(DialRequest request) {
        return placing(request, event -> {});
    }

    /**
     * Places a call and tells a listener what happens; returns at once.
     *
     * @param listener called on virtual threads, one event after the other
     * @throws IllegalArgumentException if the target or trunk makes no sense; the message says why
     * @throws IllegalStateException if the dialer is closed
     */
    public Call dial(DialRequest request, Consumer<CallEvent> listener) {
        return placing(request, hearing(request, listener));
    }

    /** {@link #dialWithRetries(DialRequest, RetryPolicy, Consumer)} with nobody told. */
    public Call dialWithRetries(DialRequest request, RetryPolicy policy) {
        return retrying(request, policy, event -> {});
    }

    /**
     * Places a call, and places it again as the policy has it where it comes to nothing. Returns at once. What is given back is one call
     * with one answer and one end, whose {@link Call#id} changes with each attempt; hanging it up ends it, also between two attempts.
     * Each attempt asks the ledger, under the request's id and the next number.
     *
     * @param listener hears a {@link CallEvent.Retrying} before each wait; called as by {@link #dial(DialRequest, Consumer)}
     * @throws IllegalArgumentException if the target or trunk makes no sense; the message says why
     * @throws IllegalStateException if the dialer is closed, or closes
     */
    public Call dialWithRetries(DialRequest request, RetryPolicy policy, Consumer<CallEvent> listener) {
        return retrying(request, policy, hearing(request, listener));
    }

    private Consumer<CallEvent> hearing(DialRequest request, Consumer<CallEvent> listener) {
        Ear ear = ear();
        return event -> ear.execute(LogMark.around(request.requestId(), () -> listener.accept(event)));
    }

    private Call retrying(DialRequest request, RetryPolicy policy, Consumer<CallEvent> listener) {
        return dialling(legs.again(request, policy, listener), request);
    }

    /** {@link #dialGroup(List, GroupPlan, Consumer)} with nobody told. */
    public CallGroup dialGroup(List<DialRequest> members, GroupPlan plan) {
        return dialGroup(members, plan, event -> {});
    }

    /**
     * Rings several callees as the plan has it. Returns at once. The first who picks up takes the call, and the others are given up. Each
     * member is a call like any other: it has its own request, asks the ledger, and has its own outcome.
     *
     * @param listener called on virtual threads, one event after the other
     * @throws IllegalArgumentException if there is no member, or a target or trunk makes no sense; the message says why
     * @throws IllegalStateException if the dialer is closed, or closes
     */
    public CallGroup dialGroup(List<DialRequest> members, GroupPlan plan, Consumer<GroupEvent> listener) {
        members.forEach(this::check);
        Ear ear = ear();
        var group =
                new CallGroup(room, members, plan, this::placing, event -> ear.execute(() -> listener.accept(event)));
        running.begin(group, () -> applications.execute(group::run));
        return group;
    }

    /**
     * Looks whether a call could be placed so, and places none.
     *
     * @throws IllegalArgumentException if the target, the caller or the trunk makes no sense; the message says why
     */
    public void check(DialRequest request) {
        legs.check(request);
    }

    /**
     * Adds a trunk, or puts it in place of the one that has its name, and begins to register it where that is wanted. Does not wait. Calls
     * that go on over the one before go on as they are; it is un-registered first. Nothing happens where it is the same trunk.
     *
     * @throws IllegalStateException if the dialer is closed, or closes
     */
    public void putTrunk(Trunk trunk) {
        running.whileOpen(() -> trunks.put(trunk));
    }

    /**
     * Takes a trunk away and un-registers it, without waiting. Calls that go on over it go on as they are, those that wait for its pace
     * too; others over it are refused from now on, and calls that come by it are not known any more.
     *
     * @return false where there is none of that name
     */
    public boolean removeTrunk(String name) {
        return lines.remove(name);
    }

    /**
     * Takes a trunk away as {@link #removeTrunk} does, but un-registers it when the calls over it that go on, or wait to be dialled, have
     * ended: what lies between us and them may know us by the registration. Another trunk of that name un-registers it before.
     *
     * @return false where there is none of that name
     */
    public boolean retireTrunk(String name) {
        return lines.retire(name, running.endOfThoseBy(name));
    }

    /**
     * Has a listener told how trunks stand that register: what is known now, and then what changes; in place of any listener before.
     *
     * @param listener called on virtual threads, one event after the other
     */
    public void onTrunks(Consumer<TrunkEvent> listener) {
        trunks.onEvent(listener, threads(LISTENERS));
    }

    /**
     * Waits until a trunk is registered.
     *
     * @throws DialerException if the registrar refused, cannot be reached or said nothing in that time
     */
    public void awaitRegistered(String trunk, Duration longest) throws InterruptedException {
        trunks.awaitRegistered(trunk, longest);
    }

    /**
     * Ends a call that another process, which is gone, left answered: sends the far end a BYE within that dialog, and answers a challenge as
     * the trunk's account where there is a trunk of that name. Nobody is called. <b>Blocks</b> for that long at most, and is made for
     * virtual threads. Doing it twice does no harm: the second time the far end knows nothing of it.
     *
     * @param dialog as the journal was told it by {@link JournalEntry.DialogHeld}
     * @param longest how long the answer may take; SIP itself waits for 32 seconds
     * @throws IllegalArgumentException if the dialog leads to no address
     * @throws IllegalStateException if the dialer is closed
     */
    public DialogEnd endStored(StoredDialog dialog, Duration longest) throws InterruptedException {
        if (running.isOver()) throw new IllegalStateException("the dialer is closed");
        if (stage.isPresent()) return new DialogEnd.NotAnswered("nobody is on the wire");
        return StoredDialogs.end(
                userAgent, dialog, lines.find(dialog.trunk()).flatMap(TrunkLine::credentials), longest);
    }

    /** {@link #probe(String, ProbeOptions)} with {@link ProbeOptions#DEFAULT}: nobody is called. */
    public ProbeReport probe(String trunk) throws InterruptedException {
        return probe(trunk, ProbeOptions.DEFAULT);
    }

    /**
     * Finds out whether a trunk works, and where it does not, why and what to do: DNS, the way there, registration, OPTIONS, our address, sound,
     * codec and clocks. <b>Blocks</b> for 30 seconds at most, and is made for virtual threads. It disturbs no call: the trunk's own
     * registration is refreshed rather than another one made, and where a number is given, it is called as any other, through the ledger.
     *
     * @return what was seen, without secrets; what does not work is a step that failed and never an exception
     * @throws IllegalArgumentException if there is no such trunk, or the number makes no sense
     * @throws IllegalStateException if the dialer is closed
     */
    public ProbeReport probe(String trunk, ProbeOptions options) throws InterruptedException {
        TrunkLine line = lines.named(trunk);
        options.number().ifPresent(number -> check(DialRequest.over(trunk, number)));
        return new TrunkProbe(userAgent, line, options, number -> ProbeCall.place(this, trunk, number, options)).run();
    }

    /**
     * Finds out whether this machine is fit for a dialer with that configuration: Java, addresses, ports, speech programs, open files and the
     * exactness of its timer. Opens no dialer; where one is open with the same ports, they are taken. <b>Blocks</b> for little longer than
     * {@link ProbeOptions#timerFor}.
     */
    public static ProbeReport probeMachine(DialerConfig config, ProbeOptions options) {
        var wanted = new MachineProbe.Wanted(
                config.localHost(),
                config.localPort(),
                config.firstRtpPort(),
                config.lastRtpPort(),
                config.sound().speech().engines());
        return MachineProbe.look(wanted, options.timerFor());
    }

    /**
     * Decodes a clip now, so that playing it later starts at once.
     *
     * @throws DialerException if it cannot be fetched, read or decoded
     */
    public void load(AudioClip clip) throws InterruptedException {
        clips.load(clip);
    }

    /**
     * What speaks against a clip, as far as that is known at once: a file that is not there, an address that may not be asked, text that
     * cannot be read, a language or a voice that nobody here speaks. Fetches, speaks and decodes nothing, and looks no name up.
     *
     * @return a sentence; empty where nothing does
     */
    public Optional<String> objection(AudioClip clip) {
        return sources.objection(clip);
    }

    /**
     * Says what will be heard of a clip, without a call. {@link AudioCheck#of(AudioClip)} does that without a dialer.
     *
     * @throws DialerException if it cannot be come by or played
     */
    public AudioCheck check(AudioClip clip) {
        return AudioCheck.of(clip, checker);
    }

    /**
     * Writes what a callee hears of a clip, as {@link AudioCheck#writeHeard} does.
     *
     * @param wav where to write it; a file of that name is replaced
     * @throws DialerException if the clip cannot be come by or played, or the file cannot be written
     */
    public void writeHeard(AudioClip clip, Path wav) {
        AudioCheck.writeHeard(clip, wav, checker);
    }

    /**
     * Has calls to us shown to a handler, in place of any before it: those that come to the contacts that our trunks know, or from
     * their addresses. Others are refused.
     *
     * @param handler called on a virtual thread of its own for each call; it decides, or hands the call to who does
     */
    public void onIncoming(Consumer<IncomingCall> handler) {
        onIncoming(handler, IncomingOptions.DEFAULT);
    }

    /**
     * {@link #onIncoming(Consumer)} with other times than usual, or with calls answered by themselves.
     *
     * @param handler sees calls that are answered by themselves too; its {@link IncomingCall#call} is what to talk on
     */
    public void onIncoming(Consumer<IncomingCall> handler, IncomingOptions options) {
        stage.ifPresent(own -> own.onIncoming(arrival -> applications.execute(() -> receive(arrival, handler))));
        if (stage.isPresent()) return;
        var desk = new IncomingDesk(this, room, clips, lines, options, running);
        userAgent.onIncoming(invite -> {
            try {
                applications.execute(LogMark.around(invite.callId(), () -> desk.receive(invite, handler)));
            } catch (RejectedExecutionException closing) {
                invite.refuse(SERVICE_UNAVAILABLE, "");
            }
        });
    }

    private void receive(Stage.Arrival arrival, Consumer<IncomingCall> handler) {
        if (!running.remember(arrival.leg())) return;
        arrival.leg().keptBy(room.journal());
        handler.accept(new IncomingCall(
                this,
                arrival.leg(),
                clips,
                new IncomingCall.Caller(
                        arrival.trunk(),
                        arrival.from(),
                        Optional.empty(),
                        arrival.to(),
                        Optional.empty(),
                        Optional.empty()),
                Optional.empty()));
    }

    /** {@link #bridge(Call, Call, BridgeOptions, Consumer)} with keys passed on and nobody told. */
    public Bridge bridge(Call first, Call second) {
        return bridge(first, second, BridgeOptions.DEFAULT, event -> {});
    }

    /**
     * Has the far ends of two calls hear each other from when both are answered. Returns at once. When one of the calls ends, the
     * other stays. A call is in one bridge at a time: a further one takes its far end's sound away from the one before.
     *
     * @param listener called on virtual threads, one event after the other
     * @throws IllegalArgumentException if it is twice the same call, or one is another dialer's
     */
    public Bridge bridge(Call first, Call second, BridgeOptions options, Consumer<BridgeEvent> listener) {
        if (first.equals(second)) {
            throw new IllegalArgumentException("a bridge of a call with itself");
        }
        requireOurs(first);
        requireOurs(second);
        var ear = new Ear(Thread.ofVirtual().name(LISTENERS, 0).factory());
        var bridge = new Bridge(first, second, options, event -> ear.execute(() -> listener.accept(event)));
        bridge.begin();
        return bridge;
    }

    /** Who calls, as the far end sees it: the request's number or name, or else its trunk's; empty where it has none. */
    public String callerOf(DialRequest request) {
        Optional<Trunk> trunk = request.trunk().map(name -> lines.named(name).trunk());
        return request.callerId()
                .or(() -> trunk.flatMap(Trunk::callerId))
                .or(() ->
                        trunk.flatMap(known -> Addressing.addressOfRecord(known).user()))
                .orElse("");
    }

    /**
     * The host that a trunk is at, as its user wrote it.
     *
     * @throws IllegalArgumentException if there is no such trunk
     */
    public String hostOf(String trunk) {
        return SipUri.parse(lines.named(trunk).trunk().uri()).host();
    }

    /**
     * The SIP URI of a number or user at a trunk, by the port and transport of the trunk's own: what others
     * are told to call there.
     *
     * @throws IllegalArgumentException if there is no such trunk, or that is no user
     */
    public String uriOf(String trunk, String user) {
        return SipUri.parse(lines.named(trunk).trunk().uri()).withUser(user).toString();
    }

    /**
     * What is dialled for a target over a trunk, with what the trunk wants around numbers ({@link DialFormat}): what the trunk itself is
     * told to call, as in a transfer.
     *
     * @param target a number, a user at the trunk, or a SIP URI, which stays as it is
     * @throws IllegalArgumentException if there is no such trunk, or the target makes no sense; the message says why
     */
    public String uriToDial(String trunk, String target) {
        return Addressing.target(Optional.of(lines.named(trunk).trunk()), target)
                .toString();
    }

    /** Threads and time for what runs calls within the engine, such as flows; nothing that its users need. */
    public Backstage backstage() {
        return new Backstage(room, applications);
    }

    /** For one listener. */
    Ear ear() {
        return new Ear(threads(LISTENERS));
    }

    /** A conference in which no call takes part yet. */
    public Conference conference() {
        return new Conference(media.conference(), this::requireOurs);
    }

    private void requireOurs(Call call) {
        if (!running.knows(call.leg())) {
            throw new IllegalArgumentException("a call of another dialer: " + call.id());
        }
    }

    /** How late RTP packets left so far, over all calls. */
    public SendLateness sendLateness() {
        Lateness lateness = media.lateness();
        return new SendLateness(
                lateness.count(),
                Duration.ofNanos(lateness.p50Nanos()),
                Duration.ofNanos(lateness.p99Nanos()),
                Duration.ofNanos(lateness.p999Nanos()),
                Duration.ofNanos(lateness.maxNanos()));
    }

    /**
     * Takes no more calls on from now on and waits until those that go on have ended. Whoever dials hears an {@link
     * IllegalStateException}, whoever calls us a 503. What waits to be dialled, for its trunk's pace or as a further attempt, ends as
     * canceled; of a group those who were not dialled yet are not.
     *
     * @return whether all calls have ended; where they have not, they go on, until {@link #close()}
     */
    public boolean drain(Duration longest) throws InterruptedException {
        running.takeNoMore();
        CompletableFuture<?> end = running.end();
        room.await(end, longest);
        return end.isDone();
    }

    /**
     * {@linkplain #drain Drains} for that long, then ends the calls that are left, which their outcomes say, and closes as {@link #close()}
     * does. Interrupted, it goes on with the closing at once.
     */
    public void close(Duration drain) {
        try {
            drain(drain);
        } catch (InterruptedException now) {
            Thread.currentThread().interrupt();
        }
        running.hangUp(HangUpReason.CLOSING);
        close();
    }

    /** Ends all calls properly, un-registers, and closes everything; takes seconds at most. Doing it twice does no harm. */
    @Override
    public synchronized void close() {
        if (running.isOver()) return;
        running.close();
        settle(running.end(), LAST_CALLS);
        settle(lines.close(), LAST_REGISTRATIONS);
        stage.ifPresent(Stage::close);
        userAgent.close();
        settle(running.end(), LAST_CALLS); // what the far end never answered ends with the user agent
        media.close();
        sources.close();
        applications.shutdownNow();
        trunks.tellNoMore();
        mailboxes.close();
        taps.close();
    }

    private Call dialling(DialledLeg leg, DialRequest request) {
        running.begin(leg, () -> applications.execute(LogMark.around(request.requestId(), leg)));
        return new Call(leg, clips, this, new ConcurrentHashMap<>(request.variables()));
    }

    private Call placing(DialRequest request, Consumer<CallEvent> listener) {
        return dialling(legs.once(request, listener), request);
    }

    private static void settle(CompletableFuture<?> all, Duration longest) {
        try {
            all.get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException goOn) {
            // what did not end in time is cut off by what closes next
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
