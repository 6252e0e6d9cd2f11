package dev.outdial.dialer;

import dev.outdial.dialer.journal.CallJournal;
import dev.outdial.dialer.ledger.AttemptLedger;
import dev.outdial.dialer.ledger.InMemoryLedger;
import dev.outdial.dialer.sound.SoundOptions;
import dev.outdial.dialer.trace.Capture;
import dev.outdial.dialer.trace.PacketKeeping;
import dev.outdial.dialer.trunk.Trunk;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How a {@link Dialer} is set up.
 *
 * @param trunks the trunks to dial over, by distinct names; those that register do so at the start
 * @param localHost the local address for SIP and RTP; where empty, the one that the route to each peer uses
 * @param localPort the local SIP port, 0 for any free one
 * @param firstRtpPort the lowest port for RTP, even, 1024 to 65534
 * @param lastRtpPort the highest port for RTCP; each call takes two
 * @param ledger who may be dialled, and the memory that it was
 * @param tlsTrust a file of the certificates that are trusted for TLS, PEM or PKCS12; where empty, those that the JVM trusts
 * @param tracing whether each call keeps its SIP messages for {@link Call#trace}, at most 16 KB
 * @param capture the file to which everything that goes over the wire is written, where one is wanted
 * @param packets where the RTP and RTCP of each call are kept, where they are
 * @param network how far ends are found, and where they find us
 * @param sound how sound that is not a local file is come by
 * @param journal keeps what is pressed and played in calls, as it happens
 */
public record DialerConfig(
        List<Trunk> trunks,
        Optional<String> localHost,
        int localPort,
        int firstRtpPort,
        int lastRtpPort,
        AttemptLedger ledger,
        Optional<Path> tlsTrust,
        boolean tracing,
        Optional<Capture> capture,
        Optional<PacketKeeping> packets,
        NetworkOptions network,
        SoundOptions sound,
        CallJournal journal) {

    private static final int FIRST_RTP_PORT = 16384;
    private static final int LAST_RTP_PORT = 32767;

    public DialerConfig {
        trunks = List.copyOf(trunks);
        Objects.requireNonNull(localHost, "localHost");
        Objects.requireNonNull(ledger, "ledger");
        Objects.requireNonNull(tlsTrust, "tlsTrust");
        Objects.requireNonNull(capture, "capture");
        Objects.requireNonNull(packets, "packets");
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(sound, "sound");
        Objects.requireNonNull(journal, "journal");
        Set<String> names = new HashSet<>();
        for (Trunk trunk : trunks) {
            if (!names.add(trunk.name())) {
                throw new IllegalArgumentException("two trunks are named '" + trunk.name() + "'");
            }
        }
        if (localPort < 0 || localPort > 65535) {
            throw new IllegalArgumentException("local port " + localPort + " is not 0 to 65535");
        }
        if (firstRtpPort < 1024 || firstRtpPort % 2 != 0 || lastRtpPort <= firstRtpPort || lastRtpPort > 65535) {
            throw new IllegalArgumentException("RTP ports " + firstRtpPort + " to " + lastRtpPort
                    + ": an even port from 1024 on and a higher one up to 65535 are expected");
        }
    }

    /** Any local address and port, RTP ports 16384 to 32767, a ledger in memory. */
    public static DialerConfig of(Trunk... trunks) {
        return new DialerConfig(
                List.of(trunks),
                Optional.empty(),
                0,
                FIRST_RTP_PORT,
                LAST_RTP_PORT,
                new InMemoryLedger(),
                Optional.empty(),
                true,
                Optional.empty(),
                Optional.empty(),
                NetworkOptions.DEFAULT,
                SoundOptions.DEFAULT,
                CallJournal.NONE);
    }

    /** The same setup on a given local address and SIP port (0 for any). */
    public DialerConfig on(String host, int port) {
        return new DialerConfig(
                trunks,
                Optional.of(host),
                port,
                firstRtpPort,
                lastRtpPort,
                ledger,
                tlsTrust,
                tracing,
                capture,
                packets,
                network,
                sound,
                journal);
    }

    /** The same setup with other RTP ports. */
    public DialerConfig withRtpPorts(int first, int last) {
        return new DialerConfig(
                trunks, localHost, localPort, first, last, ledger, tlsTrust, tracing, capture, packets, network, sound,
                journal);
    }

    /** The same setup with another ledger. */
    public DialerConfig withLedger(AttemptLedger other) {
        return new DialerConfig(
                trunks,
                localHost,
                localPort,
                firstRtpPort,
                lastRtpPort,
                other,
                tlsTrust,
                tracing,
                capture,
                packets,
                network,
                sound,
                journal);
    }

    /** The same setup, trusting for TLS the certificates of that file and no others. */
    public DialerConfig trusting(Path file) {
        return new DialerConfig(
                trunks,
                localHost,
                localPort,
                firstRtpPort,
                lastRtpPort,
                ledger,
                Optional.of(file),
                tracing,
                capture,
                packets,
                network,
                sound,
                journal);
    }

    /** The same setup, keeping no SIP messages: {@link Call#trace} is empty then. */
    public DialerConfig withoutTracing() {
        return new DialerConfig(
                trunks,
                localHost,
                localPort,
                firstRtpPort,
                lastRtpPort,
                ledger,
                tlsTrust,
                false,
                capture,
                packets,
                network,
                sound,
                journal);
    }

    /** The same setup, writing everything that goes over the wire to a file. */
    public DialerConfig capturing(Capture to) {
        return new DialerConfig(
                trunks,
                localHost,
                localPort,
                firstRtpPort,
                lastRtpPort,
                ledger,
                tlsTrust,
                tracing,
                Optional.of(to),
                packets,
                network,
                sound,
                journal);
    }

    /** The same setup, keeping the RTP and RTCP of each call. */
    public DialerConfig keepingPackets(PacketKeeping how) {
        return new DialerConfig(
                trunks,
                localHost,
                localPort,
                firstRtpPort,
                lastRtpPort,
                ledger,
                tlsTrust,
                tracing,
                capture,
                Optional.of(how),
                network,
                sound,
                journal);
    }

    /** The same setup, finding and being found otherwise. */
    public DialerConfig withNetwork(NetworkOptions other) {
        return new DialerConfig(
                trunks,
                localHost,
                localPort,
                firstRtpPort,
                lastRtpPort,
                ledger,
                tlsTrust,
                tracing,
                capture,
                packets,
                other,
                sound,
                journal);
    }

    /** The same setup, coming by sound otherwise. */
    public DialerConfig withSound(SoundOptions other) {
        return new DialerConfig(
                trunks,
                localHost,
                localPort,
                firstRtpPort,
                lastRtpPort,
                ledger,
                tlsTrust,
                tracing,
                capture,
                packets,
                network,
                other,
                journal);
    }

    /** The same setup, with what is pressed and played in calls kept as it happens. */
    public DialerConfig withJournal(CallJournal other) {
        return new DialerConfig(
                trunks,
                localHost,
                localPort,
                firstRtpPort,
                lastRtpPort,
                ledger,
                tlsTrust,
                tracing,
                capture,
                packets,
                network,
                sound,
                other);
    }
}
