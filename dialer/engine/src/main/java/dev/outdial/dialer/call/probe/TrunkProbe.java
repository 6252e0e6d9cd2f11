package dev.outdial.dialer.call.probe;

import dev.outdial.dialer.call.Addressing;
import dev.outdial.dialer.call.TrunkLine;
import dev.outdial.dialer.call.TrunkLine.Standing;
import dev.outdial.dialer.probe.ParkJitter;
import dev.outdial.dialer.probe.ProbeOptions;
import dev.outdial.dialer.probe.ProbeReport;
import dev.outdial.dialer.probe.ProbeStep;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.sip.RegistrarAnswer;
import dev.outdial.sip.SipException;
import dev.outdial.sip.UserAgent;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.TransportProtocol;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Looks at a trunk in use, as it is used: with its own registration, from the ports that its calls use. What is seen is judged elsewhere.
 * <b>Threading:</b> one thread, which waits.
 */
public final class TrunkProbe {
    /** The user agent gives up sooner. */
    private static final Duration LOCATE_LIMIT = Duration.ofSeconds(5);

    /** Others are not looked at: a trunk with more ways has nine that work, or none. */
    private static final int MOST_HOPS = 8;

    /** How long the second answer of a hop may take; where it does not come, the first one counts. */
    private static final long SECOND_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** What came within this time before the probe is news enough: no REGISTER is sent for it. */
    private static final long RECENT_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final UserAgent userAgent;
    private final TrunkLine line;
    private final ProbeOptions options;
    private final Caller caller;
    private final Trunk trunk;
    private final SipUri uri;

    /** Places the call that tries the sound. */
    @FunctionalInterface
    public interface Caller {
        /** Calls a number over the trunk, listens, and hangs up. */
        CallSeen call(String number) throws InterruptedException;
    }

    /** A probe that has not begun. */
    public TrunkProbe(UserAgent userAgent, TrunkLine line, ProbeOptions options, Caller caller) {
        this.userAgent = userAgent;
        this.line = line;
        this.options = options;
        this.caller = caller;
        this.trunk = line.trunk();
        this.uri = SipUri.parse(trunk.uri());
    }

    /** Looks at everything, one thing after the other. */
    public ProbeReport run() throws InterruptedException {
        var steps = new ArrayList<ProbeStep>();
        List<Hop> hops = List.of();
        try {
            hops = within(LOCATE_LIMIT, line::hops);
            steps.add(DnsVerdict.found(Addressing.nextHop(trunk), hops));
        } catch (SipException | TimeoutException notFound) {
            String why = notFound instanceof SipException
                    ? String.valueOf(notFound.getMessage())
                    : "cannot resolve host '" + Addressing.nextHop(trunk).host() + "': no answer within "
                            + LOCATE_LIMIT.toSeconds() + " s";
            steps.add(DnsVerdict.failed(why));
        }
        if (hops.isEmpty()) {
            String why = "the trunk was not found";
            Stream.of(
                            TransportVerdict.NAME,
                            RegisterVerdict.NAME,
                            OptionsVerdict.NAME,
                            AddressVerdict.NAME,
                            SoundVerdict.NAME,
                            CodecVerdict.NAME,
                            ClockVerdict.NAME)
                    .forEach(name -> steps.add(ProbeStep.skipped(name, why)));
        } else {
            look(hops.subList(0, Math.min(hops.size(), MOST_HOPS)), steps);
        }
        steps.add(TimerVerdict.of(measured()));
        return new ProbeReport(steps);
    }

    private void look(List<Hop> hops, List<ProbeStep> steps) throws InterruptedException {
        CompletableFuture<Optional<Standing>> registered = beginRegistering();
        List<HopSeen> seen = ask(hops);
        Optional<Standing> standing =
                finished(registered, options.registerWithin()).orElse(Optional.empty());
        List<RegistrarAnswer> answers = line.registrarAnswers();
        boolean registrarSpoke = !answers.isEmpty();
        steps.add(TransportVerdict.of(seen, registrarSpoke, Instant.now()));
        ProbeStep register = RegisterVerdict.of(
                trunk,
                new RegisterVerdict.Seen(
                        answers.stream().map(RegistrarAnswer::response).toList(), standing, line.contactUser()));
        steps.add(register);
        steps.add(OptionsVerdict.of(seen, registrarSpoke));
        steps.add(address(seen, answers));
        sound(register, registrarSpoke || seen.stream().anyMatch(HopSeen::reached), steps);
        steps.add(clock(seen, answers));
    }

    /** Completes with how the trunk stands now: from what its registrar said a moment ago, or from a REGISTER that is sent for it. */
    private CompletableFuture<Optional<Standing>> beginRegistering() {
        if (!trunk.register()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        CompletableFuture<Standing> next = line.next();
        List<RegistrarAnswer> known = line.registrarAnswers();
        boolean recent = !known.isEmpty() && System.nanoTime() - known.getLast().atNanos() < RECENT_NANOS;
        if (line.first().isDone() && recent) {
            return CompletableFuture.completedFuture(Optional.of(line.standing()));
        }
        if (line.first().isDone()) {
            line.refresh();
        }
        // One that failed for want of a way has nothing to refresh: it comes again by itself.
        return next.thenApply(Optional::of);
    }

    private List<HopSeen> ask(List<Hop> hops) throws InterruptedException {
        long endNanos = System.nanoTime() + options.answerWithin().toNanos();
        List<CompletableFuture<Reply>> replies = hops.stream().map(this::reply).toList();
        List<Optional<CompletableFuture<Trial>>> trials =
                hops.stream().map(this::trial).toList();
        var seen = new ArrayList<HopSeen>();
        for (int i = 0; i < hops.size(); i++) {
            Hop hop = hops.get(i);
            Optional<Trial> trial = Optional.empty();
            if (trials.get(i).isPresent()) {
                trial = Optional.of(
                        finished(trials.get(i).get(), left(endNanos)).orElseGet(() -> tooSlow()));
            }
            Reply reply =
                    finished(replies.get(i), left(endNanos + SECOND_NANOS)).orElseGet(Reply.Silent::new);
            seen.add(new HopSeen(hop, trial, reply));
        }
        return seen;
    }

    private Trial tooSlow() {
        long millis = options.answerWithin().toMillis();
        return new Trial(millis, Optional.of("no connection within " + millis + " ms"), Optional.empty());
    }

    /** Asked twice: the first time opens ports and connections, which is no part of the way there and back. */
    private CompletableFuture<Reply> reply(Hop hop) {
        return replyOnce(hop)
                .thenCompose(first -> first instanceof Reply.Answered
                        ? replyOnce(hop)
                                .completeOnTimeout(first, SECOND_NANOS, TimeUnit.NANOSECONDS)
                                .thenApply(second -> second instanceof Reply.Answered ? second : first)
                        : CompletableFuture.completedFuture(first));
    }

    private CompletableFuture<Reply> replyOnce(Hop hop) {
        long beganNanos = System.nanoTime();
        return userAgent
                .ask(uri.withoutUser(), List.of(hop), Optional.of(line.account()))
                .toCompletableFuture()
                .handle((response, failure) -> failure == null
                        ? new Reply.Answered(response, millisSince(beganNanos), Instant.now())
                        : new Reply.Failed(why(failure)));
    }

    private static String why(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return String.valueOf(cause.getMessage());
    }

    private Optional<CompletableFuture<Trial>> trial(Hop hop) {
        return hop.transport() == TransportProtocol.UDP
                ? Optional.empty()
                : Optional.of(beside(() -> Trial.of(userAgent.tryConnection(hop, options.answerWithin()))));
    }

    private ProbeStep address(List<HopSeen> seen, List<RegistrarAnswer> answers) {
        Hop hop = seen.stream()
                .filter(HopSeen::reached)
                .findFirst()
                .orElseGet(seen::getFirst)
                .hop();
        List<SipResponse> responses = Stream.concat(
                        OptionsVerdict.answers(seen).map(Reply.Answered::response),
                        answers.reversed().stream().map(RegistrarAnswer::response))
                .toList();
        if (responses.isEmpty()) {
            return ProbeStep.skipped(AddressVerdict.NAME, "the trunk says nothing");
        }
        try {
            Optional<InetSocketAddress> seenAs = responses.stream()
                    .map(SipResponse::seenAs)
                    .flatMap(Optional::stream)
                    .findFirst();
            return AddressVerdict.of(new AddressVerdict.Seen(
                    hop.transport(),
                    hop.address().getAddress(),
                    userAgent.listeningAddress(hop),
                    seenAs,
                    userAgent.contactAddress(hop),
                    userAgent.mediaAddressFor(hop)));
        } catch (SipException unable) {
            return ProbeStep.failed(
                    AddressVerdict.NAME,
                    String.valueOf(unable.getMessage()),
                    "check --local and this machine's network");
        }
    }

    private void sound(ProbeStep register, boolean spoke, List<ProbeStep> steps) throws InterruptedException {
        Optional<String> obstacle = options.number().isEmpty()
                ? Optional.of("no number was given to call")
                : register.result() == ProbeStep.Result.FAILED
                        ? Optional.of("without a registration nobody is called")
                        : spoke ? Optional.empty() : Optional.of("a trunk that says nothing is not called over");
        if (obstacle.isPresent()) {
            steps.add(ProbeStep.skipped(SoundVerdict.NAME, obstacle.get()));
            steps.add(ProbeStep.skipped(CodecVerdict.NAME, obstacle.get()));
            return;
        }
        CallSeen call = caller.call(options.number().orElseThrow());
        steps.add(SoundVerdict.of(call));
        steps.add(CodecVerdict.of(trunk, call));
    }

    private static ProbeStep clock(List<HopSeen> seen, List<RegistrarAnswer> answers) {
        for (RegistrarAnswer answer : answers.reversed()) {
            Optional<String> date = answer.response().headers().first("Date");
            if (date.isPresent()) {
                return ClockVerdict.of(date, Instant.now().minusNanos(System.nanoTime() - answer.atNanos()));
            }
        }
        return OptionsVerdict.answers(seen)
                .filter(answered -> answered.response().headers().first("Date").isPresent())
                .findFirst()
                .map(answered -> ClockVerdict.of(answered.response().headers().first("Date"), answered.at()))
                .orElseGet(() -> ClockVerdict.of(Optional.empty(), Instant.EPOCH));
    }

    /** On a thread of its own, as media loops have: virtual ones sleep less exactly. */
    private ParkJitter measured() throws InterruptedException {
        var measured = new AtomicReference<>(new ParkJitter(0, 0, 0, 0, 0));
        Thread watch = Thread.ofPlatform()
                .name("outdial-probe")
                .daemon()
                .start(() -> measured.set(ParkJitter.measure(options.timerFor())));
        watch.join();
        return measured.get();
    }

    private static <T> CompletableFuture<T> beside(Callable<T> work) {
        var done = new CompletableFuture<T>();
        Thread.ofVirtual().name("outdial-probe").start(() -> {
            try {
                done.complete(work.call());
            } catch (Exception failed) {
                done.completeExceptionally(failed);
            }
        });
        return done;
    }

    private static <T> T within(Duration limit, Callable<T> work) throws InterruptedException, TimeoutException {
        try {
            return beside(work).get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException ours
                    ? ours
                    : new IllegalStateException(failed.getCause());
        }
    }

    /** What comes in that time; empty where nothing does. */
    private static <T> Optional<T> finished(CompletableFuture<T> awaited, Duration limit) throws InterruptedException {
        try {
            return Optional.of(awaited.get(limit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException silent) {
            return Optional.empty();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }

    private static Duration left(long endNanos) {
        return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
    }

    private static long millisSince(long beganNanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos);
    }
}
