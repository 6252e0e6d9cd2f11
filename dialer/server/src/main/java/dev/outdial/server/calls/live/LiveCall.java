package dev.outdial.server.calls.live;

import dev.outdial.dialer.Call;
import dev.outdial.dialer.IncomingCall;
import dev.outdial.dialer.flow.run.FlowCall;
import dev.outdial.dialer.gather.Gather;
import dev.outdial.dialer.record.Recording;
import dev.outdial.server.calls.CallRecord;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/** A call of this process: what the engine has of it, and what is known of it until it is stored. <b>Threading:</b> any. */
final class LiveCall {
    private final CallRecord record;
    private final String node;
    private final long fence;
    private final AtomicReference<Optional<Call>> call = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<FlowCall>> flow = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<IncomingCall>> incoming = new AtomicReference<>(Optional.empty());
    private final AtomicReference<String> asked = new AtomicReference<>("");
    private final AtomicBoolean over = new AtomicBoolean();
    /** What is heard, or was at last. */
    private final AtomicReference<Sounding> sounding = new AtomicReference<>(Sounding.NONE);

    private final Map<String, Gather> gathers = new ConcurrentHashMap<>();
    private final AtomicReference<String> gathering = new AtomicReference<>("");
    private final Map<Path, String> recordingIds = new ConcurrentHashMap<>();
    private final Map<String, Recording> recordings = new ConcurrentHashMap<>();
    private final Course course = new Course();
    private volatile int attempt;
    private volatile String permitted = "";
    private volatile boolean sent;
    private volatile boolean answered;
    /** What somebody asked for, and is heard. */
    private final AtomicReference<Optional<Playback>> playing = new AtomicReference<>(Optional.empty());

    private final ReentrantLock sounds = new ReentrantLock();
    private volatile boolean flowSounds;
    private final AtomicReference<String> bridge = new AtomicReference<>("");
    private final AtomicReference<Runnable> answering = new AtomicReference<>(() -> {});

    /**
     * @param kind file or speech
     * @param what an address, or words
     * @param actionId of the flow's step; empty for what was asked for besides
     */
    record Sounding(String kind, String what, String actionId) {
        static final Sounding NONE = new Sounding("", "", "");
    }

    /**
     * @param record as it was when this began
     * @param node as which this process has it
     * @param fence under which it has it
     */
    LiveCall(CallRecord record, String node, long fence) {
        this.record = record;
        this.node = node;
        this.fence = fence;
        this.attempt = record.attempts();
    }

    String id() {
        return record.id();
    }

    CallRecord record() {
        return record;
    }

    String node() {
        return node;
    }

    long fence() {
        return fence;
    }

    boolean isIncoming() {
        return record.direction().equals("incoming");
    }

    void has(Call engines) {
        call.set(Optional.of(engines));
    }

    void has(FlowCall engines) {
        flow.set(Optional.of(engines));
        has(engines.call());
    }

    /** What answers it, where no flow does. */
    void isAnsweredBy(Runnable deed) {
        answering.set(deed);
    }

    /** What answers it; nothing the second time. */
    Runnable answering() {
        return answering.getAndSet(() -> {});
    }

    void has(IncomingCall engines) {
        incoming.set(Optional.of(engines));
        has(engines.call());
    }

    Optional<Call> call() {
        return call.get();
    }

    Optional<FlowCall> flow() {
        return flow.get();
    }

    Optional<IncomingCall> incoming() {
        return incoming.get();
    }

    /** Why our side wants it to end; the first who wants it counts. */
    void ask(String reason) {
        boolean unused = asked.compareAndSet("", reason);
    }

    String asked() {
        return asked.get();
    }

    /** True for the first who says so. */
    boolean end() {
        return !over.getAndSet(true);
    }

    boolean isOver() {
        return over.get();
    }

    /** The ledger granted an attempt. */
    void permitted(int number, String sipCallId) {
        attempt = number;
        permitted = sipCallId;
    }

    /** The Call-ID of the last attempt that was granted since this began; empty where none was. */
    String permitted() {
        return permitted;
    }

    /** An INVITE left. */
    void sent() {
        sent = true;
    }

    boolean isSent() {
        return sent;
    }

    int attempt() {
        return attempt;
    }

    void answered() {
        answered = true;
    }

    boolean isAnswered() {
        return answered;
    }

    /** @return what sounded before */
    Sounding sounds(Sounding now) {
        return sounding.getAndSet(now);
    }

    Sounding sounding() {
        return sounding.get();
    }

    /** Whether a step of its flow is heard. */
    void flowSounds(boolean is) {
        flowSounds = is;
    }

    /** What its flow plays gives way to something else, or did. */
    void flowIsSilent() {
        flowSounds = false;
        sounding.set(Sounding.NONE);
    }

    boolean isFlowHeard() {
        return flowSounds;
    }

    AtomicReference<Optional<Playback>> playing() {
        return playing;
    }

    /** Held by whoever begins or ends what is heard: one comes to its end before the next is told of. */
    ReentrantLock sounds() {
        return sounds;
    }

    /** What its sound was like so far. */
    Course course() {
        return course;
    }

    Map<String, Gather> gathers() {
        return gathers;
    }

    /** The gathering that goes on; empty for none of ours. */
    AtomicReference<String> gathering() {
        return gathering;
    }

    Map<String, Recording> recordings() {
        return recordings;
    }

    /** The bridge that it is in or about to come into; empty for none. Whoever sets it from empty has it. */
    AtomicReference<String> bridge() {
        return bridge;
    }

    /** By file, which recordings were told of. */
    Map<Path, String> recordingIds() {
        return recordingIds;
    }
}
