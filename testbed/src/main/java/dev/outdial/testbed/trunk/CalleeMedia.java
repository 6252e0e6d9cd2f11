package dev.outdial.testbed.trunk;

import dev.outdial.testbed.probe.DigitProbe;
import dev.outdial.testbed.probe.SoundProbe;
import dev.outdial.testbed.probe.StreamProbe;
import dev.outdial.testbed.rtp.G711;
import dev.outdial.testbed.rtp.Rtcp;
import dev.outdial.testbed.rtp.RtcpPacket;
import dev.outdial.testbed.rtp.RtpPacer;
import dev.outdial.testbed.rtp.RtpPacket;
import dev.outdial.testbed.sound.Echo;
import dev.outdial.testbed.sound.Sound;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** The sound of one callee: what it says, and the probes at its ear. Belongs to the loop. */
final class CalleeMedia implements CalleeSound {
    private static final int MOST_RTCP_PACKETS = 1000;

    /** What the sound of a call means to the callee. */
    interface Listener {
        /** The caller pressed a key. */
        void digitReceived(char digit);

        /** A key of ours was released. */
        void digitSent(char digit);

        /** The caller spoke and fell silent. */
        void messageHeard(long nowNanos);

        /** All that was to be said and pressed is sent. */
        void ownSoundEnded(long nowNanos);
    }

    private final RtpPorts ports;
    private final Listener listener;
    private final StreamProbe received = new StreamProbe();
    private final StreamProbe sent = new StreamProbe();
    private final CallerEar ear = new CallerEar();
    private final Optional<SoundProbe> sound;
    private final boolean talks;
    private final List<RtcpPacket> rtcp = new ArrayList<>();
    private final StringBuilder digitsSent = new StringBuilder();
    private final RtpPacer pacer;
    private final CalleeRtcp reports;
    private MediaTerms terms;
    private final DigitProbe digits;
    private Optional<Echo> echo = Optional.empty();
    private long malformedCount;
    private boolean started;
    private boolean stopped;
    private boolean speaking;

    CalleeMedia(MediaTerms terms, RtpPorts ports, TrunkConfig config, Random random, Listener listener) {
        this.terms = terms;
        this.ports = ports;
        this.listener = listener;
        sound = config.keepSoundSeconds() > 0
                ? Optional.of(new SoundProbe(config.keepSoundSeconds()))
                : Optional.empty();
        talks = config.calleesTalk();
        digits = new DigitProbe(terms.eventPayloadType().orElse(-1));
        pacer = new RtpPacer(
                terms.law(),
                terms.eventPayloadType(),
                random.nextInt() & 0xFFFF_FFFFL,
                random.nextInt(1 << 16),
                random.nextInt() & 0xFFFF_FFFFL,
                System.nanoTime());
        reports = new CalleeRtcp(pacer, received, random);
    }

    /** Begins to hear. */
    void listen(TrunkLoop loop) {
        ports.receive(loop, this::hearRtp, this::hearRtcp);
    }

    /** Begins to speak, if that has not begun: silence until something is to be said. */
    @Override
    public void start(long nowNanos) {
        if (started) return;
        started = true;
        pacer.take(nowNanos); // the frames that were due before anybody listened
        reports.start(nowNanos);
    }

    /** Other terms: the caller moved, held, or answered our offer. */
    @Override
    public void renegotiate(MediaTerms other) {
        digits.use(other.eventPayloadType().orElse(-1));
        terms = other;
        pacer.use(other.law(), other.eventPayloadType());
    }

    @Override
    public MediaTerms terms() {
        return terms;
    }

    @Override
    public int port() {
        return ports.port();
    }

    @Override
    public void say(Sound what) {
        pacer.play(what);
        speaking = true;
    }

    @Override
    public void press(String keys) {
        pacer.press(keys);
        speaking = true;
    }

    @Override
    public void echo() {
        var mirror = new Echo();
        echo = Optional.of(mirror);
        pacer.play(mirror);
    }

    @Override
    public void awaitMessage(long silenceNanos) {
        ear.await(silenceNanos);
    }

    private void hearRtp(byte[] datagram, long nowNanos) {
        var packet = RtpPacket.parse(datagram);
        if (packet.isEmpty()) malformedCount++;
        else hear(packet.get(), nowNanos);
    }

    private void hear(RtpPacket packet, long nowNanos) {
        received.hear(packet, nowNanos);
        if (digits.hear(packet, nowNanos))
            listener.digitReceived(digits.digits().charAt(digits.digits().length() - 1));
        sound.ifPresent(s -> s.hear(packet));
        if (!ear.isListening() && echo.isEmpty()) return;
        var law = G711.ofPayloadType(packet.payloadType());
        if (law.isEmpty()) return;
        var pcm = law.get().decode(packet.payload());
        ear.hear(pcm, nowNanos);
        echo.ifPresent(e -> e.hear(pcm));
    }

    private void hearRtcp(byte[] datagram, long nowNanos) {
        var packets = Rtcp.parse(datagram);
        reports.hear(packets, nowNanos);
        for (var packet : packets) if (rtcp.size() < MOST_RTCP_PACKETS) rtcp.add(packet);
    }

    @Override
    public OptionalLong nextDeadlineNanos() {
        if (!started || stopped) return OptionalLong.empty();
        var own = earlier(OptionalLong.of(pacer.nextDeadlineNanos()), OptionalLong.of(reports.nextDeadlineNanos()));
        return earlier(own, ear.nextDeadlineNanos());
    }

    /** The earlier of two deadlines, each of which may be missing. */
    static OptionalLong earlier(OptionalLong a, OptionalLong b) {
        if (a.isEmpty()) return b;
        return b.isPresent() && b.getAsLong() - a.getAsLong() < 0 ? b : a;
    }

    @Override
    public void wake(long nowNanos) {
        if (!started || stopped) return;
        for (var packet : pacer.take(nowNanos)) send(packet, nowNanos);
        for (char digit : pacer.takeSentDigits()) {
            digitsSent.append(digit);
            listener.digitSent(digit);
        }
        if (reports.isDue(nowNanos)) sendRtcp(reports.report(nowNanos));
        if (ear.takeMessageEnd(nowNanos)) listener.messageHeard(nowNanos);
        if (speaking && pacer.isQuiet()) {
            speaking = false;
            listener.ownSoundEnded(nowNanos);
        }
    }

    private void send(RtpPacket packet, long nowNanos) {
        if (terms.remote().isEmpty() || (!talks && pacer.isQuiet())) return;
        ports.sendRtp(packet.toBytes(), terms.remote().get());
        sent.hear(packet, nowNanos);
    }

    private void sendRtcp(byte[] compound) {
        if (talks) terms.remote().ifPresent(to -> ports.sendRtcp(compound, to));
    }

    /** Stops speaking and says goodbye; hearing goes on until {@link #close}. */
    @Override
    public void stop(long nowNanos) {
        if (started && !stopped) sendRtcp(reports.goodbye(nowNanos));
        stopped = true;
    }

    @Override
    public void close() {
        stopped = true;
        ports.close();
    }

    @Override
    public MediaReport report() {
        return new MediaReport(
                terms.law(),
                received.report(),
                sent.report(),
                rtcp,
                digits.heard(),
                digitsSent.toString(),
                malformedCount,
                sound.map(SoundProbe::pcm).orElse(new short[0]));
    }
}
