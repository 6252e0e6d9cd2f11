package dev.outdial.dialer;

import dev.outdial.dialer.bridge.BridgeEvent;
import dev.outdial.dialer.bridge.BridgeOptions;
import dev.outdial.dialer.call.Addressing;
import dev.outdial.dialer.call.CallLimits;
import dev.outdial.dialer.call.DetouringLeg;
import dev.outdial.dialer.call.Detours;
import dev.outdial.dialer.call.EngineRoom;
import dev.outdial.dialer.call.IncomingLeg;
import dev.outdial.dialer.call.Leg;
import dev.outdial.dialer.call.LegPlan;
import dev.outdial.dialer.call.Mailboxes;
import dev.outdial.dialer.call.OutgoingLeg;
import dev.outdial.dialer.call.TrunkLine;
import dev.outdial.dialer.call.pcap.Capturing;
import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.incoming.IncomingOptions;
import dev.outdial.dialer.ledger.Attempt;
import dev.outdial.dialer.sound.FetchOptions;
import dev.outdial.dialer.sound.Speech;
import dev.outdial.dialer.trace.Capture;
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
import dev.outdial.media.tone.ProgressTones;
import dev.outdial.sip.Account;
import dev.outdial.sip.SipException;
import dev.outdial.sip.UserAgent;
import dev.outdial.sip.UserAgentConfig;
import dev.outdial.sip.message.Replaces;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.trace.CallLogs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Places calls over the trunks that its user brings. One dialer serves a whole program: it opens SIP when the first trunk or
 * call needs it, keeps its trunks registered, and runs any number of calls at once.
 *
 * <p><b>Threading:</b> any thread; what waits is made for virtual threads.
 */
public final class Dialer implements AutoCloseable {
    private static final String PRODUCT = "Outdial/0.1";
    private static final int SERVICE_UNAVAILABLE = 503;

    /** How long running calls may take to end when the dialer closes: a BYE and its answer, not a whole timer F. */
    private static final Duration LAST_CALLS = Duration.ofSeconds(4);

    /** How long the registrars may take after that: long enough for a repeated un-REGISTER. */
    private static final Duration LAST_REGISTRATIONS = Duration.ofSeconds(3);

    private final Optional<Capturing> capturing;
    private final UserAgent userAgent;
    private final GuardedFetcher fetcher;
    private final Speech speech;
    private final MediaEngine media;
    private final Mailboxes mailboxes = new Mailboxes();
    private final ClipLibrary clips;
    private final SoundChecker checker;
    private final EngineRoom room;
    private final Map<String, TrunkLine> lines = new LinkedHashMap<>();
    private final Set<Leg> running = ConcurrentHashMap.newKeySet();
    private final ExecutorService applications = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("outdial-call-", 0).factory());
    private volatile boolean closed;

    private Dialer(DialerConfig config, Optional<Capturing> capturing) {
        userAgent = UserAgent.open(new UserAgentConfig(
                config.localHost(),
                config.localPort(),
                PRODUCT,
                config.tlsTrust(),
                config.network().nameServers(),
                config.network().policy()));
        Optional<CallLogs> logs = config.tracing() ? Optional.of(new CallLogs()) : Optional.empty();
        this.capturing = capturing;
        fetcher = fetcher(config.sound().fetch());
        speech = Speech.open(config.sound().speech());
        MediaConfig wire = MediaConfig.of(config.firstRtpPort(), config.lastRtpPort())
                .withFetcher(fetcher)
                .withSpeaker(words -> speech.say(words.text(), words.language(), words.voice()));
        media = MediaEngine.open(capturing.map(wire::withTap).orElse(wire));
        checker = new SoundChecker(wire.fetcher(), wire.speaker());
        clips = new ClipLibrary(media);
        watch(logs);
        room = new EngineRoom(userAgent, media, config.ledger(), mailboxes, logs, System::nanoTime);
        for (Trunk trunk : config.trunks()) {
            var account =
                    new Account(Addressing.addressOfRecord(trunk), LegPlan.credentials(trunk), trunk.displayName());
            var line = new TrunkLine(userAgent, trunk, account);
            lines.put(trunk.name(), line);
            applications.execute(() -> begin(line));
        }
    }

    /**
     * Opens a dialer and begins to register its trunks. Does not wait for them: a call over a trunk does.
     *
     * @throws DialerException if the local address cannot be bound, the trust file holds no certificate, or the file to capture to
     *     cannot be written
     */
    public static Dialer start(DialerConfig config) {
        Optional<Capturing> capturing = config.capture().map(Dialer::capturing);
        try {
            return new Dialer(config, capturing);
        } catch (SipException unable) {
            capturing.ifPresent(Capturing::close);
            throw new DialerException(String.valueOf(unable.getMessage()), unable);
        }
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
        return placing(request, event -> {}, () -> {});
    }

    /**
     * Places a call and tells a listener what happens; returns at once.
     *
     * @param listener called on a virtual thread of its own, one event after the other
     * @throws IllegalArgumentException if the target or trunk makes no sense; the message says why
     * @throws IllegalStateException if the dialer is closed
     */
    public Call dial(DialRequest request, Consumer<CallEvent> listener) {
        ExecutorService ear = Executors.newSingleThreadExecutor(
                Thread.ofVirtual().name("outdial-listener-", 0).factory());
        return placing(request, event -> ear.execute(() -> listener.accept(event)), ear::shutdown);
    }

    /**
     * Looks whether a call could be placed so, and places none.
     *
     * @throws IllegalArgumentException if the target, the caller or the trunk makes no sense; the message says why
     */
    public void check(DialRequest request) {
        plan(request);
    }

    /**
     * Waits until a trunk is registered.
     *
     * @throws DialerException if the registrar refused, cannot be reached or said nothing in that time
     */
    public void awaitRegistered(String trunk, Duration longest) throws InterruptedException {
        TrunkLine line = line(trunk);
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
     * Decodes a clip now, so that playing it later starts at once.
     *
     * @throws DialerException if it cannot be fetched, read or decoded
     */
    public void load(AudioClip clip) throws InterruptedException {
        clips.load(clip);
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
        var desk = new IncomingDesk(this, room, clips, lines.values(), options, new IncomingDesk.Calls() {
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
                applications.execute(() -> desk.receive(invite, handler));
            } catch (RejectedExecutionException closing) {
                invite.refuse(SERVICE_UNAVAILABLE, "");
            }
        });
    }

    private boolean remember(IncomingLeg leg) {
        synchronized (running) {
            if (closed) return false;
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
     * @param listener called on a virtual thread of its own, one event after the other
     * @throws IllegalArgumentException if it is twice the same call, or one is another dialer's
     */
    public Bridge bridge(Call first, Call second, BridgeOptions options, Consumer<BridgeEvent> listener) {
        if (first.equals(second)) {
            throw new IllegalArgumentException("a bridge of a call with itself");
        }
        requireOurs(first);
        requireOurs(second);
        ExecutorService ear = Executors.newSingleThreadExecutor(
                Thread.ofVirtual().name("outdial-listener-", 0).factory());
        var bridge = new Bridge(media, first, second, options, event -> {
            ear.execute(() -> listener.accept(event));
            if (event instanceof BridgeEvent.Closed) {
                ear.shutdown();
            }
        });
        bridge.begin();
        return bridge;
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
        settle(
                CompletableFuture.allOf(lines.values().stream()
                        .map(line -> line.close().toCompletableFuture())
                        .toArray(CompletableFuture[]::new)),
                LAST_REGISTRATIONS);
        userAgent.close();
        settle(endOfCalls(), LAST_CALLS); // what the far end never answered ends with the user agent
        media.close();
        fetcher.close();
        speech.close();
        applications.shutdownNow();
        mailboxes.close();
        capturing.ifPresent(Capturing::close);
    }

    private void begin(TrunkLine line) {
        try {
            if (line.trunk().register()) {
                line.register(mailboxes.next());
            } else {
                line.find();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private <L extends Leg & Runnable> Call dialling(L leg, Runnable afterwards) {
        synchronized (running) {
            if (closed) {
                throw new IllegalStateException("the dialer is closed");
            }
            running.add(leg);
            applications.execute(leg);
        }
        var unused = leg.ended().whenComplete((outcome, trouble) -> {
            running.remove(leg);
            afterwards.run();
        });
        return new Call(leg, clips, this);
    }

    private Call placing(DialRequest request, Consumer<CallEvent> listener, Runnable afterwards) {
        if (request.furtherTrunks().isEmpty() && request.mostRedirects() == 0) {
            return dialling(new OutgoingLeg(room, plan(request), listener), afterwards);
        }
        request.furtherTrunks().forEach(this::line);
        return dialling(
                new DetouringLeg(
                        ear -> new OutgoingLeg(room, plan(request), ear),
                        Detours.of(request.furtherTrunks(), request.mostRedirects()),
                        new Attempts(request)::next,
                        listener),
                afterwards);
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
        TrunkLine line = lines.get(trunk);
        if (line == null) {
            throw new IllegalArgumentException("there is no trunk '" + trunk + "'; known are " + lines.keySet());
        }
        return line;
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
