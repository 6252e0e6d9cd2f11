package dev.outdial.server.cli;

import dev.outdial.dialer.trunk.Codec;
import dev.outdial.dialer.trunk.Encryption;
import dev.outdial.dialer.trunk.KeyMethod;
import dev.outdial.dialer.trunk.WireOptions;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say how the sound of a call goes over the wire; shared by {@code call} and {@code load}. */
final class WireFlags {
    @Option(
            names = "--codec",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "PCMU,PCMA",
            description = "codecs to offer, best first: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private List<Codec> codecs = List.of();

    @Option(
            names = "--ptime",
            paramLabel = "MS",
            defaultValue = "20",
            description = "length of an RTP packet to ask for, 10 to 40 ms (default: ${DEFAULT-VALUE})")
    private int ptimeMillis;

    @Option(
            names = "--srtp",
            paramLabel = "WHEN",
            defaultValue = "off",
            description = "encrypt the sound: off, offered or required (default: ${DEFAULT-VALUE})")
    private Encryption encryption = Encryption.OFF;

    @Option(names = "--comfort-noise", description = "describe silence instead of sending it, where the far end agrees")
    private boolean comfortNoise;

    @Option(
            names = "--symmetric-rtp",
            description =
                    "send RTP to where it comes from, for far ends behind a NAT; locks after five packets in order")
    private boolean symmetric;

    @Option(
            names = "--rtp-timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            description =
                    "give up an answered call after this long without RTP; 0s for never (default: ${DEFAULT-VALUE})")
    private Duration rtpTimeout = Duration.ZERO;

    @Option(
            names = "--keys",
            paramLabel = "HOW",
            defaultValue = "rfc4733",
            description = "how pressed keys go out: rfc4733 or info (default: ${DEFAULT-VALUE})")
    private KeyMethod keys = KeyMethod.RFC4733;

    WireOptions options() {
        try {
            return new WireOptions(codecs, ptimeMillis, comfortNoise, encryption, symmetric, rtpTimeout, keys);
        } catch (IllegalArgumentException wrong) {
            throw new UsageException(String.valueOf(wrong.getMessage()));
        }
    }
}
