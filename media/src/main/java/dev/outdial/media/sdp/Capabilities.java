package dev.outdial.media.sdp;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.srtp.SrtpPolicy;
import java.util.HashSet;
import java.util.List;

/**
 * What our end of a session can do, and what it likes best.
 *
 * @param codecs in the order of preference, each once, at least one
 * @param ptimeMillis the packet length that is asked for, 10 to 40 ms
 * @param comfortNoise whether comfort noise (RFC 3389) is offered, and then sent instead of silence where the far end takes it
 * @param srtp whether the sound is encrypted
 */
public record Capabilities(List<AudioCodec> codecs, int ptimeMillis, boolean comfortNoise, SrtpPolicy srtp) {
    /** PCMU before PCMA, 20 ms, no comfort noise, in clear. */
    public static final Capabilities DEFAULT =
            new Capabilities(List.of(AudioCodec.PCMU, AudioCodec.PCMA), 20, false, SrtpPolicy.OFF);

    public Capabilities {
        codecs = List.copyOf(codecs);
        if (codecs.isEmpty() || new HashSet<>(codecs).size() < codecs.size())
            throw new IllegalArgumentException("codecs " + codecs + ", expected one or several, each once");
        if (ptimeMillis < 10 || ptimeMillis > 40)
            throw new IllegalArgumentException("ptime " + ptimeMillis + " ms, expected 10 to 40");
    }

    /** The codecs as a person reads them. */
    String names() {
        return String.join(", ", codecs.stream().map(AudioCodec::encodingName).toList());
    }
}
