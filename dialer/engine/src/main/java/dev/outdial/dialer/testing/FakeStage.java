package dev.outdial.dialer.testing;

import dev.outdial.dialer.call.CallLimits;
import dev.outdial.dialer.call.Doorstep;
import dev.outdial.dialer.call.FarEnd;
import dev.outdial.dialer.call.Stage;
import dev.outdial.dialer.call.StagedDoorstep;
import dev.outdial.dialer.journal.CallJournal;
import dev.outdial.sip.event.SessionEnd;
import dev.outdial.sip.message.SipUri;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** What the trunks of one dialer have in common: the time, and who is called. <b>Threading:</b> any thread. */
final class FakeStage implements Stage {
    private static final CallLimits LIMITS = new CallLimits(Duration.ofMinutes(1), Duration.ofHours(1));
    private static final int TEMPORARILY_UNAVAILABLE = 480;

    private final ManualClock clock;
    private final List<FakeTrunk> trunks = new CopyOnWriteArrayList<>();
    private volatile CallJournal journal = CallJournal.NONE;
    private volatile boolean byHand;
    private volatile Optional<FakeTime> time = Optional.empty();
    private volatile Optional<Consumer<Arrival>> handler = Optional.empty();

    private record Caller(String trunk, String from, String to, Doorstep leg) implements Arrival {}

    FakeStage(ManualClock clock) {
        this.clock = clock;
    }

    void add(FakeTrunk trunk) {
        if (trunks.stream().anyMatch(other -> other.name().equals(trunk.name()))) {
            throw new IllegalArgumentException("two trunks are named '" + trunk.name() + "'");
        }
        trunks.add(trunk);
    }

    List<FakeTrunk> trunks() {
        return trunks;
    }

    ManualClock clock() {
        return clock;
    }

    void byHand() {
        if (time.isPresent()) throw new IllegalStateException("the dialer is open already");
        byHand = true;
    }

    void keeping(CallJournal other) {
        journal = other;
    }

    CallJournal journal() {
        return journal;
    }

    synchronized FakeStage open() {
        if (time.isPresent()) throw new IllegalStateException("this trunk has had a dialer already");
        time = Optional.of(new FakeTime(clock, byHand));
        return this;
    }

    private FakeTime time() {
        return time.orElseThrow(() -> new IllegalStateException("no dialer was opened on this trunk"));
    }

    /** A number without what people write between its digits; the user of a SIP URI. */
    static String plain(String number) {
        String typed = number.strip();
        return typed.regionMatches(true, 0, "sip:", 0, 4) || typed.regionMatches(true, 0, "sips:", 0, 5)
                ? SipUri.parse(typed).user().orElse(typed)
                : typed.replaceAll("[ ().-]", "");
    }

    void callsUs(String trunk, String from, String to, FakePerson person, FakeCall seen) {
        join();
        execute(() -> {
            if (handler.isEmpty()) {
                seen.refused(TEMPORARILY_UNAVAILABLE, List.of());
                return;
            }
            var farEnd = new FakeFarEnd(this, person, seen);
            var leg = new StagedDoorstep(this, UUID.randomUUID().toString(), LIMITS, farEnd);
            var unused = leg.ended().thenAccept(seen::over);
            person.patience()
                    .ifPresent(patience -> after(patience.toNanos(), () -> {
                        if (!leg.agreed().isDone()) leg.end(FakeFarEnd.end(SessionEnd.Cause.CANCELED, false));
                    }));
            handler.get().accept(new Caller(trunk, from, to, leg));
        });
    }

    @Override
    public long nanos() {
        return clock.nanos();
    }

    @Override
    public Instant instant() {
        return clock.instant();
    }

    @Override
    public void execute(Runnable task) {
        time().execute(task);
    }

    @Override
    public Runnable after(long delayNanos, Runnable task) {
        return clock.alarm(delayNanos, task);
    }

    @Override
    public FarEnd farEnd(String trunk, String target) {
        return trunks.stream()
                .filter(one -> one.name().equals(trunk))
                .findFirst()
                .orElseGet(trunks::getFirst)
                .called(target);
    }

    @Override
    public void onIncoming(Consumer<Arrival> newHandler) {
        join();
        handler = Optional.of(newHandler);
    }

    @Override
    public <T> T await(CompletableFuture<T> happening, Duration longest)
            throws InterruptedException, ExecutionException, TimeoutException {
        return time().await(happening, longest);
    }

    @Override
    public void join() {
        time().join();
    }

    @Override
    public ThreadFactory threads(String name) {
        return time().threads(name);
    }

    @Override
    public Runnable hold() {
        return time().hold();
    }

    @Override
    public void close() {
        time().close();
    }
}
