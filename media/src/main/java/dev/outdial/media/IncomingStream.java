package dev.outdial.media;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.dtmf.TelephoneEventReceiver;
import dev.outdial.media.record.Recorder;
import dev.outdial.media.rtp.RtpPacket;
import dev.outdial.media.rtp.RtpReceiver;
import dev.outdial.media.sdp.Negotiation.Agreed;
import dev.outdial.media.sdp.OfferAnswer;
import dev.outdial.media.sdp.PayloadTypes;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Judges what arrives: whose it is, whether it counts, and what is in it. Before the answer anybody may send, for early media
 * comes from where it wants; after it only the negotiated address. Deterministic. <b>Threading:</b> one owner, the media loop.
 */
final class IncomingStream {
    /** What may come before an answer: anything that was offered. */
    private static final PayloadTypes OFFERED = PayloadTypes.NONE
            .withCodec(AudioCodec.PCMU.payloadType(), AudioCodec.PCMU)
            .withCodec(AudioCodec.PCMA.payloadType(), AudioCodec.PCMA)
            .withTelephoneEvent(OfferAnswer.TELEPHONE_EVENT);

    private final RtpReceiver receiver;
    private final Consumer<MediaEvent> events;
    private final RtpPacket packet = new RtpPacket();
    private final TelephoneEventReceiver keys;
    private Optional<InetSocketAddress> source = Optional.empty();
    private PayloadTypes types = OFFERED;
    private Optional<Recorder> recorder = Optional.empty();
    private boolean heard;
    private boolean heardAfterAnswer;
    private long strangers;
    private long discarded;

    IncomingStream(RtpReceiver receiver, Consumer<MediaEvent> events) {
        this.receiver = receiver;
        this.events = events;
        this.keys = new TelephoneEventReceiver((digit, millis) ->
                events.accept(new MediaEvent.Digit(digit, millis, MediaEvent.DigitSource.TELEPHONE_EVENT)));
    }

    void agree(Agreed terms) {
        source = Optional.of(terms.remoteRtp());
        types = terms.receive();
    }

    void record(Recorder next) {
        recorder = Optional.of(next);
    }

    Optional<Recorder> recorder() {
        return recorder;
    }

    /** Takes a datagram of the RTP port. */
    void put(ByteBuffer datagram, InetSocketAddress from, long nowNanos) {
        if (source.isPresent() && !source.get().equals(from)) {
            strangers++;
            return;
        }
        if (!packet.parse(datagram)) {
            discarded++;
            return;
        }
        Optional<AudioCodec> codec = types.codec(packet.payloadType());
        RtpReceiver.Verdict verdict = receiver.put(packet, codec.isPresent(), nowNanos);
        if (verdict == RtpReceiver.Verdict.RESTARTED) recorder.ifPresent(Recorder::restart);
        if (!verdict.isUsable()) return;
        announce();
        if (types.isTelephoneEvent(packet.payloadType())) putKey(datagram, nowNanos);
        else if (codec.isPresent()) putSound(codec.get(), datagram, verdict, nowNanos);
        else if (!types.isComfortNoise(packet.payloadType())) discarded++;
    }

    private void announce() {
        if (!heard) {
            heard = true;
            events.accept(new MediaEvent.FirstPacket());
        }
        if (!heardAfterAnswer && source.isPresent()) {
            heardAfterAnswer = true;
            events.accept(new MediaEvent.FirstPacketAfterAnswer());
        }
    }

    private void putKey(ByteBuffer datagram, long nowNanos) {
        boolean understood = keys.put(
                packet.ssrc(), packet.timestamp(), datagram, packet.payloadOffset(), packet.payloadLength(), nowNanos);
        if (!understood) discarded++;
    }

    private void putSound(AudioCodec codec, ByteBuffer datagram, RtpReceiver.Verdict verdict, long nowNanos) {
        if (recorder.isEmpty()) return;
        recorder.get()
                .put(
                        codec,
                        packet.timestamp(),
                        datagram,
                        packet.payloadOffset(),
                        packet.payloadLength(),
                        verdict == RtpReceiver.Verdict.LATE,
                        nowNanos);
    }

    /** Lets time pass. */
    void tick(long nowNanos) {
        keys.wake(nowNanos);
        if (recorder.isPresent()) recorder.get().tick(nowNanos);
    }

    /** The session ends. */
    void finish() {
        keys.finish();
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
