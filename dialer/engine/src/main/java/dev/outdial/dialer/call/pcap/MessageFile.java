package dev.outdial.dialer.call.pcap;

import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.trace.MessageLog;
import dev.outdial.sip.trace.TracedMessage;
import dev.outdial.sip.transport.WireMessage.Direction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The messages of one call as a file that Wireshark reads: by UDP as datagrams, by TCP and TLS as segments in clear. Pure. */
public final class MessageFile {
    private static final long NANOS = 1_000_000_000;

    private MessageFile() {}

    /** The file. @param withSecrets whether proofs, keys of SRTP and pressed keys stay as they are, where they were kept */
    public static byte[] of(MessageLog log, boolean withSecrets) {
        var bytes = new ByteArrayOutputStream();
        try (PcapFile file = PcapFile.begin(bytes)) {
            for (PcapReader.Packet packet : packets(log, withSecrets)) file.packet(packet.epochNanos(), packet.ip());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** The messages as packets, oldest first. */
    static List<PcapReader.Packet> packets(MessageLog log, boolean withSecrets) {
        var packets = new IpPackets();
        return log.messages().stream()
                // A name without an address was never on the wire.
                .filter(message ->
                        !message.local().isUnresolved() && !message.remote().isUnresolved())
                .map(message -> new PcapReader.Packet(
                        epochNanos(message), packet(packets, message, withSecrets ? message : message.masked())))
                .toList();
    }

    private static byte[] packet(IpPackets packets, TracedMessage message, TracedMessage shown) {
        byte[] payload = shown.kept().getBytes(StandardCharsets.ISO_8859_1);
        boolean sent = message.direction() == Direction.SENT;
        InetSocketAddress from = sent ? message.local() : message.remote();
        InetSocketAddress to = sent ? message.remote() : message.local();
        return message.protocol() == TransportProtocol.UDP
                ? packets.datagram(from, to, payload)
                : packets.segment(from, to, payload);
    }

    private static long epochNanos(TracedMessage message) {
        return message.at().getEpochSecond() * NANOS + message.at().getNano();
    }
}
