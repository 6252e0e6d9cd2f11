package dev.outdial.media;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.record.Recorder;
import dev.outdial.media.rtp.ReceptionWatch;
import dev.outdial.media.rtp.RtpPacket;
import dev.outdial.media.rtp.RtpReceiver;
import dev.outdial.media.rtp.RtpReceiver.Verdict;
import dev.outdial.media.rtp.SourceGuard;
import dev.outdial.media.sdp.Negotiation.Agreed;
import dev.outdial.media.sdp.PayloadTypes;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Judges what arrives: whose it is, whether it counts, and what is in it. Before the answer anybody may send, for early media
 * comes from where it wants; after it whom {@link SourceGuard} takes. Sound is decoded only for who records or listens.
 * Deterministic. <b>Threading:</b> one owner, the media loop.
 */
final class IncomingStream {
    /** As much as is received at all. */
    private static final int HELD_BYTES = 2048;

    private static final int DEFAULT_PTIME_MILLIS = 20;

    private final RtpReceiver receiver;
    private final Consumer<MediaEvent> events;
    private final RtpPacket packet = new RtpPacket();
    private final KeyEars keys;
    private final Ears ears;
    private final SampledLevel level = new SampledLevel();
    private final SoundIntake intake = new SoundIntake(this::hear);
    private final boolean latching;
    private final SourceGuard guard;
    private final ReceptionWatch watch;
    private PayloadTypes types;
    private Optional<Agreed> agreed = Optional.empty();
    private int frameSamples = AudioCodec.samplesIn(DEFAULT_PTIME_MILLIS);
    private Optional<Recorder> recorder = Optional.empty();
    /** Whatever sound comes goes back by it too. */
    private Optional<PacketLoop> loop = Optional.empty();

    /** The last stray: of use only where the next packet shows that it was the first of a new source. */
    private Optional<ByteBuffer> held = Optional.empty();

    private long heldNanos;
    private boolean heard;
    private boolean heardAfterAnswer;
    private long strangers;
    private long discarded;

    /**
     * @param offered what may come before an answer
     * @param options whether to latch, and for how long the far end may be silent
     */
    IncomingStream(RtpReceiver receiver, PayloadTypes offered, SessionOptions options, Consumer<MediaEvent> events) {
        this.receiver = receiver;
        this.types = offered;
        this.ears = new Ears(receiver);
        this.latching = options.latching();
        this.guard = new SourceGuard(options.latching());
        this.watch = new ReceptionWatch(options.rtpTimeout().toNanos());
        this.events = events;
        this.keys = new KeyEars(ears, events);
    }

    void agree(Agreed terms, long nowNanos) {
        agreed = Optional.of(terms);
        types = terms.receive();
        frameSamples = AudioCodec.samplesIn(terms.ptimeMillis());
        guard.agree(terms.remoteRtp());
        keys.expectTones(terms.telephoneEventPayloadType().isEmpty() && terms.mayListen());
        // Who holds us may send music or nothing.
        watch.expect(terms.mayListen() && terms.mayTalk(), nowNanos);
    }

    void record(Recorder next) {
        recorder = Optional.of(next);
    }

    void stopRecording() {
        recorder = Optional.empty();
    }

    /** Has the listener hear a packet time of sound with each {@link #tick} from now on, beside the others. */
    void listen(SoundListener listener) {
        ears.listen(listener);
    }

    /** That one listens no more; where nobody does, sound is not decoded. */
    void stopListening(SoundListener listener) {
        ears.stopListening(listener);
    }

    /** Has another session hear the far end, at its own pace. */
    void lend(LentSound to) {
        ears.lend(to);
    }

    /** That one hears it no more. */
    void takeBack(LentSound from) {
        ears.takeBack(from);
    }

    /** Has payloads of sound go back to where they came from, or none any more. */
    void loop(Optional<PacketLoop> next) {
        loop = next;
    }

    /** Whether the far end's first packet after the answer came. */
    boolean isHeard() {
        return heardAfterAnswer;
    }

    /** Whether this is the address that RTP is taken from, as far as it is known. */
    boolean isFarEnd(InetSocketAddress from) {
        return agreed.isPresent() && guard.isFarEnd(from);
    }

    /** Counts and refuses a stranger where the address alone tells: not where one may still be locked on by what it sends. */
    boolean refuses(InetSocketAddress from) {
        boolean isStranger = (!latching || guard.isLocked()) && !guard.isFarEnd(from);
        if (isStranger) strangers++;
        return isStranger;
    }

    /** Takes a datagram of the RTP port. */
    void put(ByteBuffer datagram, InetSocketAddress from, long nowNanos) {
        boolean isRtp = packet.parse(datagram);
        boolean taken =
                isRtp ? guard.takes(from, packet, isAgreed(packet.payloadType()), nowNanos) : guard.isFarEnd(from);
        if (!taken) {
            strangers++;
            return;
        }
        if (!isRtp) {
            discarded++;
            return;
        }
        Verdict verdict = receiver.put(packet, clockRate(packet.payloadType()), nowNanos);
        if (verdict == Verdict.STRAY) hold(datagram, nowNanos);
        if (!verdict.isUsable()) return;
        if (verdict == Verdict.RESTARTED && receiver.restartedWithStray()) {
            ByteBuffer stray = held.orElseThrow();
            if (packet.parse(stray)) {
                use(stray, Verdict.RESTARTED, heldNanos);
                verdict = Verdict.NEW;
            }
            packet.parse(datagram);
        }
        use(datagram, verdict, nowNanos);
    }

    private int clockRate(int payloadType) {
        Optional<AudioCodec> codec = types.codec(payloadType);
        return codec.isPresent() ? codec.get().clockRate() : RtpReceiver.NO_CLOCK;
    }

    private boolean isAgreed(int payloadType) {
        return types.codec(payloadType).isPresent()
                || types.isTelephoneEvent(payloadType)
                || types.isComfortNoise(payloadType);
    }

    private void hold(ByteBuffer datagram, long nowNanos) {
        if (held.isEmpty()) held = Optional.of(ByteBuffer.allocate(HELD_BYTES));
        ByteBuffer copy = held.get().clear();
        // Cut, it could say of itself what is not true: nothing is held then.
        int length = datagram.remaining() > HELD_BYTES ? 0 : datagram.remaining();
        copy.put(0, datagram, datagram.position(), length).limit(length);
        heldNanos = nowNanos;
    }

    /** Uses the packet that the view shows. */
    private void use(ByteBuffer datagram, Verdict verdict, long nowNanos) {
        watch.heard(nowNanos);
        announce();
        if (verdict == Verdict.RESTARTED && recorder.isPresent()) recorder.get().restart();
        Optional<AudioCodec> codec = types.codec(packet.payloadType());
        if (codec.isPresent()) putSound(codec.get(), datagram, verdict, nowNanos);
        else if (types.isTelephoneEvent(packet.payloadType())) putKey(datagram, verdict, nowNanos);
        else if (types.isComfortNoise(packet.payloadType())) putNoise(datagram, verdict);
        else discarded++;
    }

    private void announce() {
        if (!heard) {
            heard = true;
            events.accept(new MediaEvent.FirstPacket());
        }
        if (!heardAfterAnswer && agreed.isPresent()) {
            heardAfterAnswer = true;
            events.accept(new MediaEvent.FirstPacketAfterAnswer());
        }
    }

    private void putSound(AudioCodec codec, ByteBuffer datagram, Verdict verdict, long nowNanos) {
        ears.expect(codec.samplesIn(datagram, packet.payloadOffset(), packet.payloadLength()));
        level.put(codec, datagram, packet.payloadOffset(), packet.payloadLength());
        // Late, its place in the stream that goes back is taken.
        if (loop.isPresent() && verdict != Verdict.LATE)
            loop.get().put(codec, datagram, packet.payloadOffset(), packet.payloadLength());
        boolean wanted = ears.isOpen() || recorder.isPresent();
        if (!intake.put(codec, packet, verdict, datagram, wanted, nowNanos)) discarded++;
    }

    /** Takes sound as the intake gives it: codes without state. */
    private void hear(
            AudioCodec codec,
            int number,
            int timestamp,
            Verdict verdict,
            ByteBuffer sound,
            int offset,
            int length,
            long nowNanos) {
        ears.putSound(codec, number, timestamp, verdict, sound, offset, length, nowNanos);
        if (recorder.isEmpty()) return;
        if (verdict == Verdict.RESTARTED) recorder.get().restart();
        recorder.get().put(codec, timestamp, sound, offset, length, verdict == Verdict.LATE, nowNanos);
    }

    private void putNoise(ByteBuffer datagram, Verdict verdict) {
        intake.interrupt();
        ears.putNoise(packet, verdict, datagram);
    }

    private void putKey(ByteBuffer datagram, Verdict verdict, long nowNanos) {
        intake.interrupt();
        int clock = types.eventClockRate(packet.payloadType());
        if (!keys.put(packet, clock, datagram, nowNanos)) discarded++;
        ears.putKey(packet, verdict);
    }

    /**
     * RTCP came from the far end. Where comfort noise was agreed, that is a sign of life: nothing else may come through a long
     * pause.
     */
    void rtcpHeard(long nowNanos) {
        if (agreed.isPresent() && agreed.get().comfortNoisePayloadType().isPresent()) watch.heard(nowNanos);
    }

    /** The far end may have been silent until now for good reasons: it is to be heard from now on. */
    void expectAnew(long nowNanos) {
        watch.heard(nowNanos);
    }

    /** Lets time pass; to be called once a packet time. */
    void tick(long nowNanos) {
        keys.wake(nowNanos);
        if (recorder.isPresent()) recorder.get().tick(nowNanos);
        ears.tick(frameSamples, nowNanos);
        if (watch.wake(nowNanos))
            events.accept(new MediaEvent.ReceptionTimeout(watch.silentNanos(nowNanos) / 1_000_000));
    }

    /** The session ends. */
    void finish() {
        keys.finish();
    }

    /**
     * Where RTP is sent to.
     *
     * @throws IllegalStateException before {@link #agree}
     */
    InetSocketAddress target() {
        return guard.target();
    }

    /** How loud the sound was that came since this was asked last; NaN where that is not known. */
    double takeLevelDbov() {
        return level.takeDbov();
    }

    /** Sound that did not come in time and was made up or left silent. */
    long concealedMillis() {
        return ears.concealedMillis();
    }

    /** Datagrams from somebody else. */
    long strangers() {
        return strangers;
    }

    /** Datagrams of the far end that were of no use, strays included. */
    long discarded() {
        return discarded + receiver.strays();
    }
}
