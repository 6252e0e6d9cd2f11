package dev.outdial.media;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.codec.SilentFrames;
import dev.outdial.media.codec.SoundDecoder;
import dev.outdial.media.rtp.EncodedClip;
import dev.outdial.media.rtp.RtpSender;
import dev.outdial.media.sdp.Negotiation.Agreed;
import dev.outdial.testbed.rtp.RtpPacket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/** The sending end of a call in simulated time, and what left it: one place a packet time, empty where nothing was sent. */
final class OutgoingEnd {
    static final int KEYS = 101;
    static final int NOISE = 13;

    final List<Optional<RtpPacket>> packets = new ArrayList<>();
    final List<MediaEvent> events = new ArrayList<>();
    final OutgoingStream stream = new OutgoingStream(new RtpSender(new Random(1)), events::add);
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1024);
    private AudioCodec codec = AudioCodec.L16;
    private int ptimeMillis = 20;
    private boolean keys = true;
    private boolean noise;
    private boolean mayTalk = true;
    private long nowNanos;

    OutgoingEnd() {
        agree();
    }

    OutgoingEnd(AudioCodec codec, int ptimeMillis) {
        agree(codec, ptimeMillis);
    }

    void agree(AudioCodec nextCodec, int nextPtimeMillis) {
        codec = nextCodec;
        ptimeMillis = nextPtimeMillis;
        agree();
    }

    void agreeTelephoneEvents(boolean taken) {
        keys = taken;
        agree();
    }

    void agreeComfortNoise() {
        noise = true;
        agree();
    }

    void hold(boolean held) {
        mayTalk = !held;
        agree();
    }

    private void agree() {
        stream.agree(new Agreed(
                codec,
                codec.payloadType(),
                keys ? OptionalInt.of(KEYS) : OptionalInt.empty(),
                noise ? OptionalInt.of(NOISE) : OptionalInt.empty(),
                SimulatedPair.RECEIVE,
                ptimeMillis,
                SimulatedPair.TERMS.remoteRtp(),
                SimulatedPair.TERMS.remoteRtcp(),
                mayTalk,
                true,
                Optional.empty()));
    }

    void runFor(int millis) {
        for (int i = 0; i < millis / ptimeMillis; i++) {
            boolean sent = stream.tick(buffer.clear(), nowNanos);
            byte[] packet = new byte[buffer.flip().remaining()];
            buffer.get(packet);
            nowNanos += ptimeMillis * 1_000_000L;
            packets.add(sent ? RtpPacket.parse(packet) : Optional.empty());
        }
    }

    List<RtpPacket> sent() {
        return packets.stream().flatMap(Optional::stream).toList();
    }

    /** The sound of all packets one after another; keys and what was not sent are left out. */
    short[] sound() {
        var all = new short[packets.size() * 320];
        var decoders = new EnumMap<AudioCodec, SoundDecoder>(AudioCodec.class);
        int at = 0;
        for (RtpPacket packet : sent()) {
            var payload = ByteBuffer.wrap(packet.payload());
            for (AudioCodec each : AudioCodec.values())
                if (packet.payloadType() == each.payloadType()) at += decode(each, payload, decoders, all, at);
        }
        return Arrays.copyOf(all, at);
    }

    private static int decode(
            AudioCodec codec, ByteBuffer payload, Map<AudioCodec, SoundDecoder> decoders, short[] all, int at) {
        if (!codec.hasState()) return codec.decode(payload, 0, payload.limit(), all, at);
        var samples = new short[SoundDecoder.MAX_SAMPLES];
        int count =
                decoders.computeIfAbsent(codec, AudioCodec::newDecoder).decode(payload, 0, payload.limit(), samples);
        System.arraycopy(samples, 0, all, at, count);
        return count;
    }

    /** A letter a packet time: S sound, . silence, K key, N noise, - nothing; M before where the marker is set. */
    String line() {
        var text = new StringBuilder();
        for (Optional<RtpPacket> packet : packets)
            text.append(packet.map(this::letters).orElse("-"));
        return text.toString();
    }

    private String letters(RtpPacket packet) {
        String letter = switch (packet.payloadType()) {
            case KEYS -> "K";
            case NOISE -> "N";
            default -> isSilent(packet) ? "." : "S";
        };
        return (packet.marker() ? "M" : "") + letter;
    }

    private boolean isSilent(RtpPacket packet) {
        for (AudioCodec each : AudioCodec.values())
            if (each.hasState() && packet.payloadType() == each.payloadType())
                return Arrays.equals(packet.payload(), SilentFrames.of(each, ptimeMillis));
        for (byte code : packet.payload()) if (code != 0 && code != (byte) 0xFF && code != (byte) 0xD5) return false;
        return true;
    }

    /** A clip that counts up from a number: a sample lost or put in anywhere shows. */
    static EncodedClip counting(int from, int sampleCount) {
        var samples = new short[sampleCount];
        for (int i = 0; i < sampleCount; i++) samples[i] = (short) (from + i);
        return clip(AudioCodec.L16, samples);
    }

    /** A clip of samples at the codec's own rate. */
    static EncodedClip clip(AudioCodec codec, short... samples) {
        if (codec.hasState()) {
            var frames = new ClipFrames(codec, 20);
            frames.put(samples, samples.length);
            return frames.finish();
        }
        ByteBuffer codes = ByteBuffer.allocate(codec.bytesFor(samples.length));
        codec.encode(samples, 0, samples.length, codes);
        return EncodedClip.of(codec, 20, codes.array());
    }
}
