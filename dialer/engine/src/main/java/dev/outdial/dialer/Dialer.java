package dev.outdial.dialer;

import dev.outdial.dialer.bridge.BridgeEvent;
import dev.outdial.dialer.bridge.BridgeOptions;
import dev.outdial.dialer.call.Addressing;
import dev.outdial.dialer.call.Backstage;
import dev.outdial.dialer.call.CallLimits;
import dev.outdial.dialer.call.Detouring;
import dev.outdial.dialer.call.Detours;
import dev.outdial.dialer.call.DialledLeg;
import dev.outdial.dialer.call.EngineRoom;
import dev.outdial.dialer.call.HangUpReason;
import dev.outdial.dialer.call.IncomingLeg;
import dev.outdial.dialer.call.Leg;
import dev.outdial.dialer.call.LegPlan;
import dev.outdial.dialer.call.Mailboxes;
import dev.outdial.dialer.call.OutgoingLeg;
import dev.outdial.dialer.call.Retrying;
import dev.outdial.dialer.call.Stage;
import dev.outdial.dialer.call.StoredDialogs;
import dev.outdial.dialer.call.SuccessiveLeg;
import dev.outdial.dialer.call.TrunkLine;
import dev.outdial.dialer.call.WaitingLines;
import dev.outdial.dialer.call.pcap.Capturing;
import dev.outdial.dialer.call.pcap.PacketKeeper;
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
import dev.outdial.dialer.ledger.Attempt;
import dev.outdial.dialer.log.LogMark;
import dev.outdial.dialer.probe.ProbeOptions;
import dev.outdial.dialer.probe.ProbeReport;
import dev.outdial.dialer.retry.RetryPolicy;
import dev.outdial.dialer.sound.FetchOptions;
import dev.outdial.dialer.sound.SoundOptions;
import dev.outdial.dialer.sound.Speech;
import dev.outdial.dialer.trace.Capture;
import dev.outdial.dialer.trace.PacketKeeping;
import dev.outdial.dialer.trunk.DialFormat;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.dialer.trunk.WireOptions;
import dev.outdial.media.MediaConfig;
import dev.outdial.media.MediaEngine;
import dev.outdial.media.SoundChecker;
import dev.outdial.media.fetch.AddressRule;
import dev.outdial.media.fetch.FetchPolicy;
import dev.outdial.media.fetch.GuardedFetcher;
import dev.outdial.media.file.FileTrouble;
import dev.outdial.media.net.Lateness;
import dev.outdial.media.net.PacketTap;
import dev.outdial.media.tone.ProgressTones;
import dev.outdial.sip.SipException;
import dev.outdial.sip.UserAgent;
import dev.outdial.sip.UserAgentConfig;
import dev.outdial.sip.message.Replaces;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.trace.CallLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

    /** How long a trunk that takes another one's place waits until that is un-registered. */
    private static final Duration LONGEST_LEAVING = Duration.ofSeconds(7);

    /** How long the registrars may take after that: long enough for a repeated un-REGISTER. */
    private static final Duration LAST_REGISTRATIONS = Duration.ofSeconds(3);

    private final Optional<Capturing> capturing;
    private final Optional<PacketKeeper> packets;
    private final UserAgent userAgent;
    private final SoundOptions sound;
    private final GuardedFetcher fetcher;
    private final Speech speech;
    private final MediaEngine media;
    private final Mailboxes mailboxes = new Mailboxes();
    private final ClipLibrary clips;
    private final SoundChecker checker;
    private final EngineRoom room;
    private final Lines lines;
    private final AtomicReference<@Nullable ExecutorService> trunkEar = new AtomicReference<>();
    private final Set<Leg> running = ConcurrentHashMap.newKeySet();
    private final Set<CallGroup> groups = ConcurrentHashMap.newKeySet();
    private final ExecutorService applications;
    private final Optional<Stage> stage;
    private volatile boolean draining;
    private volatile boolean closed;

    private Dialer(
            DialerConfig config, Optional<Capturing> capturing, Optional<PacketKeeper> packets, Optional<Stage> stage) {
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
        this.capturing = capturing;
        this.packets = packets;
        sound = config.sound();
        fetcher = fetcher(config.sound().fetch());
        speech = Speech.open(config.sound().speech());
        MediaConfig wire = MediaConfig.of(config.firstRtpPort(), config.lastRtpPort())
                .withFetcher(fetcher)
                .withSpeaker(words -> speech.say(words.text(), words.language(), words.voice()));
        Optional<PacketTap> tap = Stream.concat(capturing.<PacketTap>map(one -> one).stream(), packets.stream())
                .reduce(PacketTap::and);
        media = MediaEngine.open(tap.map(wire::withTap).orElse(wire));
        checker = new SoundChecker(wire.fetcher(), wire.speaker());
        clips = new ClipLibrary(media, stage);
        watch(logs);
        room = new EngineRoom(
                userAgent,
                media,
                config.ledger(),
                mailboxes,
                logs,
                packets,
                stage.<LongSupplier>map(own -> own::nanos).orElse(System::nanoTime),
                config.journal(),
                new WaitingLines(),
                stage);
        lines = new Lines(userAgent);
        config.trunks().forEach(this::come);
    }

    /**
     * Opens a dialer and begins to register its trunks. Does not wait for them: a call over a trunk does.
     *
     * @throws DialerException if the local address cannot be bound, the trust file holds no certificate, or the file to capture to or
     *     the folder for packets cannot be written
     */
    public static Dialer start(DialerConfig config) {
        Optional<Capturing> capturing = config.capture().map(Dialer::capturing);
        Optional<PacketKeeper> packets = Optional.empty();
        try {
            packets = config.packets().map(Dialer::keeping);
            return new Dialer(config, capturing, packets, Optional.empty());
        } catch (SipException | DialerException unable) {
            capturing.ifPresent(Capturing::close);
            packets.ifPresent(PacketKeeper::close);
            throw new DialerException(String.valueOf(unable.getMessage()), unable);
        }
    }

    /** A dialer whose calls are played and not made: {@code dialer.testing} gives it its stage. */
    public static Dialer on(Stage stage, DialerConfig config) {
        return new Dialer(config, Optional.empty(), Optional.empty(), Optional.of(stage));
    }

    private ThreadFactory threads(String name) {
        return stage.map(own -> own.threads(name))
                .orElseGet(() -> Thread.ofVirtual().name(name, 0).factory());
    }

    /** Where nobody looks, nothing is spent on it. */
    private void watch(Optional<CallLogs> logs) {
        if (logs.isPresent() || capturing.isPresent()) {
            userAgent.tap(message -> {
                logs.ifPresent(kept -> kept.passed(message));
                capturing.ifPresent(file -> file.passed(message));
            });
        }
    }

    private static GuardedFetcher fetcher(FetchOptions options) {
        FetchPolicy policy = FetchPolicy.DEFAULT.withPorts(options.ports());
        return new GuardedFetcher(
                options.privateAddresses() ? policy.withAddresses(AddressRule.ANY) : policy, options.folder());
    }

    private static Capturing capturing(Capture capture) {
        try {
            return Capturing.to(capture.file(), capture.showKeys());
        } catch (IOException unwritable) {
            throw new DialerException(capture.file() + " cannot be written: " + why(unwritable), unwritable);
        }
    }

    private static PacketKeeper keeping(PacketKeeping keeping) {
        try {
            return PacketKeeper.in(keeping.folder(), keeping.mostBytes(), keeping.showKeys());
        } catch (IOException unwritable) {
            throw new DialerException(keeping.folder() + " cannot be made: " + why(unwritable), unwritable);
        }
    }

    /** What the system says of a file, without the file's name. */
    static String why(IOException trouble) {
        return FileTrouble.why(trouble);
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
        var again = new Retrying(
                policy,
                (attempt, ear) -> leg(request.asAttempt(request.requestId(), attempt), ear),
                () -> ThreadLocalRandom.current().nextDouble(),
                room::instant);
        return dialling(new SuccessiveLeg(ear -> leg(request, ear), again, listener), request);
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
        synchronized (running) {
            requireOpen();
            groups.add(group);
            applications.execute(group::run);
        }
        var unused = group.over().whenComplete((nothing, trouble) -> groups.remove(group));
        return group;
    }

    /**
     * Looks whether a call could be placed so, and places none.
     *
     * @throws IllegalArgumentException if the target, the caller or the trunk makes no sense; the message says why
     */
    public void check(DialRequest request) {
        plan(request);
        request.furtherTrunks().forEach(this::line);
    }

    /**
     * Adds a trunk, or puts it in place of the one that has its name, and begins to register it where that is wanted. Does not wait. Calls
     * that go on over the one before go on as they are; it is un-registered first. Nothing happens where it is the same trunk.
     *
     * @throws IllegalStateException if the dialer is closed, or closes
     */
    public void putTrunk(Trunk trunk) {
        synchronized (running) {
            requireOpen();
            come(trunk);
        }
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
        return lines.retire(name, RunningCalls.endOfThoseBy(running, name));
    }

    /**
     * Has a listener told how trunks stand that register: what is known now, and then what changes; in place of any listener before.
     *
     * @param listener called on virtual threads, one event after the other
     */
    public void onTrunks(Consumer<TrunkEvent> listener) {
        ExecutorService ear = Executors.newSingleThreadExecutor(threads(LISTENERS));
        ExecutorService before = trunkEar.getAndSet(ear);
        lines.onEvent(event -> {
            try {
                ear.execute(() -> listener.accept(event));
            } catch (RejectedExecutionException over) {
                // another listener has taken its place, or the dialer is closed
            }
        });
        if (before != null) before.shutdown();
    }

    /**
     * Waits until a trunk is registered.
     *
     * @throws DialerException if the registrar refused, cannot be reached or said nothing in that time
     */
    public void awaitRegistered(String trunk, Duration longest) throws InterruptedException {
        TrunkLine line = line(trunk);
        if (stage.isPresent()) return;
        try {
            line.first().get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException silent) {
            throw new DialerException(
                    "trunk " + trunk + ": the registrar said nothing for " + longest.toSeconds() + " s");
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
        if (line.standing() instanceof TrunkLine.Standing.Unusable unusable) {
            throw new DialerException(unusable.why());
        }
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
        if (closed) throw new IllegalStateException("the dialer is closed");
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
        TrunkLine line = line(trunk);
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
        return switch (clip.source()) {
            case AudioClip.FromFile file ->
                Files.isRegularFile(file.path()) ? Optional.empty() : Optional.of("there is no file " + file);
            case AudioClip.FromUrl url -> sound.fetch().objection(url.address());
            case AudioClip.Words words -> objection(clip, words);
            case AudioClip.Tone tone -> Optional.empty();
            case AudioClip.RingBack ringing -> Optional.empty();
        };
    }

    private Optional<String> objection(AudioClip clip, AudioClip.Words words) {
        try {
            speech.check(words.text(), words.language(), words.voice());
            return Optional.empty();
        } catch (IOException unspoken) {
            return Optional.of(
                    String.valueOf(ClipLibrary.unplayable(clip, unspoken).getMessage()));
        }
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
        var desk = new IncomingDesk(this, room, clips, lines::all, options, new IncomingDesk.Calls() {
            @Override
            public boolean remember(IncomingLeg leg) {
                return Dialer.this.remember(leg);
            }

            @Override
            public Optional<Leg> meantBy(Replaces replaces, String trunk) {
                return RunningCalls.meantBy(running, replaces, trunk);
            }
        });
        userAgent.onIncoming(invite -> {
            try {
                applications.execute(LogMark.around(invite.callId(), () -> desk.receive(invite, handler)));
            } catch (RejectedExecutionException closing) {
                invite.refuse(SERVICE_UNAVAILABLE, "");
            }
        });
    }

    private void receive(Stage.Arrival arrival, Consumer<IncomingCall> handler) {
        if (!remember(arrival.leg())) return;
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

    private boolean remember(Leg leg) {
        synchronized (running) {
            if (closed || draining) return false;
            running.add(leg);
        }
        var unused = leg.ended().whenComplete((outcome, trouble) -> running.remove(leg));
        return true;
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
        Optional<Trunk> trunk = request.trunk().map(name -> line(name).trunk());
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
        return SipUri.parse(line(trunk).trunk().uri()).host();
    }

    /**
     * The SIP URI of a number or user at a trunk, by the port and transport of the trunk's own: what others
     * are told to call there.
     *
     * @throws IllegalArgumentException if there is no such trunk, or that is no user
     */
    public String uriOf(String trunk, String user) {
        return SipUri.parse(line(trunk).trunk().uri()).withUser(user).toString();
    }

    /**
     * What is dialled for a target over a trunk, with what the trunk wants around numbers ({@link DialFormat}): what the trunk itself is
     * told to call, as in a transfer.
     *
     * @param target a number, a user at the trunk, or a SIP URI, which stays as it is
     * @throws IllegalArgumentException if there is no such trunk, or the target makes no sense; the message says why
     */
    public String uriToDial(String trunk, String target) {
        return Addressing.target(Optional.of(line(trunk).trunk()), target).toString();
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
        if (!running.contains(call.leg()) && !call.leg().ended().isDone()) {
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
        synchronized (running) {
            draining = true;
        }
        groups.forEach(CallGroup::dialNoMore);
        running.forEach(Leg::dialNoMore);
        CompletableFuture<?> end = endOfCalls();
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
        running.forEach(leg -> leg.hangUp(HangUpReason.CLOSING));
        close();
    }

    /** Ends all calls properly, un-registers, and closes everything; takes seconds at most. Doing it twice does no harm. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        synchronized (running) {
            closed = true; // from here on no call comes in
        }
        running.forEach(Leg::hangUp);
        settle(endOfCalls(), LAST_CALLS);
        settle(lines.close(), LAST_REGISTRATIONS);
        stage.ifPresent(Stage::close);
        userAgent.close();
        settle(endOfCalls(), LAST_CALLS); // what the far end never answered ends with the user agent
        media.close();
        fetcher.close();
        speech.close();
        applications.shutdownNow();
        ExecutorService ear = trunkEar.get();
        if (ear != null) ear.shutdown();
        mailboxes.close();
        capturing.ifPresent(Capturing::close);
        packets.ifPresent(PacketKeeper::close);
    }

    private void come(Trunk trunk) {
        Optional<Lines.Come> come = lines.put(trunk);
        if (stage.isEmpty() && come.isPresent()) {
            TrunkLine line = come.get().line();
            applications.execute(() -> begin(line, come.get().after()));
            if (trunk.optionsEvery().isPresent()) applications.execute(() -> keepAsking(line));
        }
    }

    private static void keepAsking(TrunkLine line) {
        try {
            line.keepAsking();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void begin(TrunkLine line, CompletableFuture<?> after) {
        try {
            room.await(after, LONGEST_LEAVING);
            if (line.trunk().register()) {
                line.register(mailboxes.next());
            } else {
                line.find();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private <L extends Leg & Runnable> Call dialling(L leg, DialRequest request) {
        synchronized (running) {
            requireOpen();
            running.add(leg);
            applications.execute(LogMark.around(request.requestId(), leg));
        }
        var unused = leg.ended().whenComplete((outcome, trouble) -> running.remove(leg));
        return new Call(leg, clips, this, new ConcurrentHashMap<>(request.variables()));
    }

    private Call placing(DialRequest request, Consumer<CallEvent> listener) {
        return dialling(leg(request, listener), request);
    }

    private DialledLeg leg(DialRequest request, Consumer<CallEvent> listener) {
        if (request.furtherTrunks().isEmpty() && request.mostRedirects() == 0) {
            return new OutgoingLeg(room, plan(request), listener);
        }
        request.furtherTrunks().forEach(this::line);
        return new SuccessiveLeg(
                ear -> new OutgoingLeg(room, plan(request), ear),
                new Detouring(
                        Detours.of(request.furtherTrunks(), request.mostRedirects()), new Attempts(request)::next),
                listener);
    }

    private void requireOpen() {
        if (closed || draining) {
            throw new IllegalStateException(
                    closed ? "the dialer is closed" : "the dialer closes: it places no more calls");
        }
    }

    /** The further attempts of one request. One owner. */
    private final class Attempts {
        private DialRequest latest;

        Attempts(DialRequest first) {
            latest = first;
        }

        OutgoingLeg next(Detours.Way way, Consumer<CallEvent> ear) {
            latest = switch (way) {
                case Detours.Way.OverTrunk over -> latest.next(Optional.of(over.trunk()), latest.target());
                case Detours.Way.ToTarget to -> latest.next(latest.trunk(), to.sipUri());
            };
            return new OutgoingLeg(room, plan(latest), ear);
        }
    }

    private LegPlan plan(DialRequest request) {
        Optional<TrunkLine> line = request.trunk().map(this::line);
        SipUri target = Addressing.target(line.map(TrunkLine::trunk), request.target());
        var attempt = new Attempt(
                request.requestId(),
                request.attempt(),
                request.trunk().orElse(Trunk.DIRECT),
                request.target(),
                UUID.randomUUID().toString());
        return new LegPlan(
                attempt,
                line,
                target,
                new CallLimits(request.ringFor(), request.maxDuration()),
                request.callerId(),
                request.displayName(),
                request.wire().or(() -> line.map(known -> known.trunk().wire())).orElse(WireOptions.DEFAULT),
                request.caller(),
                request.tones().map(ProgressTones::of),
                request.detection());
    }

    private TrunkLine line(String trunk) {
        return lines.find(trunk)
                .orElseThrow(() ->
                        new IllegalArgumentException("there is no trunk '" + trunk + "'; known are " + lines.names()));
    }

    private CompletableFuture<?> endOfCalls() {
        return CompletableFuture.allOf(running.stream().map(Leg::ended).toArray(CompletableFuture[]::new));
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
