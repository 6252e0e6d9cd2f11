package dev.outdial.dialer.trunk;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * How the sound of calls goes over the wire.
 *
 * @param codecs what is offered, best first, each once
 * @param ptimeMillis the length of a packet that is asked for, 10 to 40 ms
 * @param comfortNoise whether silence may be described instead of sent (RFC 3389), where the far end agrees
 * @param encryption whether the sound is encrypted
 * @param symmetricRtp whether RTP is sent to where it comes from, not to where the far end says: for far ends behind a NAT. It
 *     locks on one source after five packets in order
 * @param rtpTimeout after how long without RTP from a far end that should send an answered call is given up; zero for never
 * @param keys how the keys that we press go out; those of the far end are heard whichever way they come
 */
public record WireOptions(
        List<Codec> codecs,
        int ptimeMillis,
        boolean comfortNoise,
        Encryption encryption,
        boolean symmetricRtp,
        Duration rtpTimeout,
        KeyMethod keys) {

    /** PCMU before PCMA, 20 ms, silence sent, in clear, to the address that was agreed on, 30 s. */
    public static final WireOptions DEFAULT =
            new WireOptions(List.of(Codec.PCMU, Codec.PCMA), 20, false, Encryption.OFF, false, Duration.ofSeconds(30));

    public WireOptions {
        codecs = List.copyOf(codecs);
        Objects.requireNonNull(keys, "keys");
        if (codecs.isEmpty() || new HashSet<>(codecs).size() < codecs.size()) {
            throw new IllegalArgumentException("codecs " + codecs + ": one or several are expected, each once");
        }
        if (ptimeMillis < 10 || ptimeMillis > 40) {
            throw new IllegalArgumentException("packet length " + ptimeMillis + " ms: 10 to 40 is expected");
        }
        if (rtpTimeout.isNegative()) {
            throw new IllegalArgumentException(
                    "RTP timeout " + rtpTimeout + ": a time, or zero for never, is expected");
        }
    }

    /** With keys as telephone-events. */
    public WireOptions(
            List<Codec> codecs,
            int ptimeMillis,
            boolean comfortNoise,
            Encryption encryption,
            boolean symmetricRtp,
            Duration rtpTimeout) {
        this(codecs, ptimeMillis, comfortNoise, encryption, symmetricRtp, rtpTimeout, KeyMethod.RFC4733);
    }

    /** The same with other codecs, best first. */
    public WireOptions offering(Codec... best) {
        return new WireOptions(List.of(best), ptimeMillis, comfortNoise, encryption, symmetricRtp, rtpTimeout, keys);
    }

    /** The same with another packet length. */
    public WireOptions withPtime(int millis) {
        return new WireOptions(codecs, millis, comfortNoise, encryption, symmetricRtp, rtpTimeout, keys);
    }

    /** The same with comfort noise, or without. */
    public WireOptions withComfortNoise(boolean wanted) {
        return new WireOptions(codecs, ptimeMillis, wanted, encryption, symmetricRtp, rtpTimeout, keys);
    }

    /** The same with other encryption. */
    public WireOptions withEncryption(Encryption wanted) {
        return new WireOptions(codecs, ptimeMillis, comfortNoise, wanted, symmetricRtp, rtpTimeout, keys);
    }

    /** The same with symmetric RTP, or without. */
    public WireOptions withSymmetricRtp(boolean wanted) {
        return new WireOptions(codecs, ptimeMillis, comfortNoise, encryption, wanted, rtpTimeout, keys);
    }

    /** The same with another RTP timeout, zero for none. */
    public WireOptions withRtpTimeout(Duration time) {
        return new WireOptions(codecs, ptimeMillis, comfortNoise, encryption, symmetricRtp, time, keys);
    }

    /** The same with keys going out another way. */
    public WireOptions pressingBy(KeyMethod method) {
        return new WireOptions(codecs, ptimeMillis, comfortNoise, encryption, symmetricRtp, rtpTimeout, method);
    }
}
