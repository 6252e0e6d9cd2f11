package dev.outdial.dialer.trace;

import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.trace.MessageLog;
import dev.outdial.sip.trace.MessageScan;
import dev.outdial.sip.trace.TracedMessage;
import dev.outdial.sip.transport.WireMessage.Direction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * A trace as a store keeps it: the version, and deflated after it whether there are secrets, how many fell out, and the messages, each with
 * its text or the number of the earlier one that has the same. Pure.
 *
 * @param keepsSecrets whether they are written; what is read has them only where they were
 */
record StoredTrace(MessageLog log, boolean keepsSecrets) {
    private static final int VERSION = 1;
    private static final int MOST_MESSAGES = 10_000;
    private static final int LONGEST_TEXT = 1 << 16;
    /** Far more than a log holds. */
    private static final int LONGEST = 1 << 22;

    byte[] bytes() {
        var bytes = new ByteArrayOutputStream(2048);
        bytes.write(VERSION);
        try (var out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
            out.writeBoolean(keepsSecrets);
            out.writeInt(log.dropped());
            out.writeShort(Math.min(MOST_MESSAGES, log.messages().size()));
            List<String> texts = new ArrayList<>();
            for (TracedMessage message : log.messages()
                    .subList(0, Math.min(MOST_MESSAGES, log.messages().size()))) {
                TracedMessage kept = keepsSecrets ? message : message.masked();
                write(out, kept, message.atNanos() - log.messages().getFirst().atNanos());
                int same = texts.indexOf(kept.kept());
                out.writeShort(same);
                if (same < 0) {
                    byte[] text = kept.kept().getBytes(StandardCharsets.ISO_8859_1);
                    out.writeInt(text.length);
                    out.write(text);
                }
                texts.add(kept.kept());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, TracedMessage message, long offsetNanos) throws IOException {
        out.writeLong(offsetNanos);
        out.writeLong(message.at().getEpochSecond());
        out.writeInt(message.at().getNano());
        out.writeBoolean(message.direction() == Direction.SENT);
        out.writeUTF(message.protocol().name());
        write(out, message.local());
        write(out, message.remote());
        MessageScan scan = message.scan();
        out.writeBoolean(scan.isRequest());
        out.writeUTF(scan.method());
        out.writeShort(scan.status());
        out.writeUTF(scan.startLine());
        out.writeUTF(scan.callId());
        out.writeLong(scan.cseq());
        out.writeBoolean(scan.toTagged());
    }

    private static void write(DataOutputStream out, InetSocketAddress address) throws IOException {
        byte[] ip = address.isUnresolved() ? new byte[0] : address.getAddress().getAddress();
        out.writeByte(ip.length);
        out.write(ip);
        if (ip.length == 0) out.writeUTF(address.getHostString());
        out.writeShort(address.getPort());
    }

    /** @throws IllegalArgumentException if that was not written here */
    static StoredTrace parse(byte[] stored) {
        if (stored.length == 0 || stored[0] != VERSION)
            throw new IllegalArgumentException("no trace that is known here");
        try (var in =
                new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(stored, 1, stored.length - 1)))) {
            boolean keepsSecrets = in.readBoolean();
            int dropped = in.readInt();
            int count = in.readUnsignedShort();
            if (count > MOST_MESSAGES) throw new IOException(count + " messages");
            List<TracedMessage> messages = new ArrayList<>();
            int byteLength = 0;
            for (int i = 0; i < count; i++) {
                TracedMessage message = message(in, messages);
                byteLength += message.kept().length();
                if (byteLength > LONGEST) throw new IOException("more than a log holds");
                messages.add(message);
            }
            return new StoredTrace(new MessageLog(messages, dropped, byteLength), keepsSecrets);
        } catch (IOException | DateTimeException | IllegalArgumentException broken) {
            throw new IllegalArgumentException("a trace that is damaged", broken);
        }
    }

    private static TracedMessage message(DataInputStream in, List<TracedMessage> earlier) throws IOException {
        long offsetNanos = in.readLong();
        Instant at = Instant.ofEpochSecond(in.readLong(), in.readInt());
        Direction direction = in.readBoolean() ? Direction.SENT : Direction.RECEIVED;
        TransportProtocol protocol = TransportProtocol.valueOf(in.readUTF());
        InetSocketAddress local = address(in);
        InetSocketAddress remote = address(in);
        var scan = new MessageScan(
                in.readBoolean(),
                in.readUTF(),
                in.readUnsignedShort(),
                in.readUTF(),
                in.readUTF(),
                in.readLong(),
                in.readBoolean());
        return new TracedMessage(offsetNanos, at, direction, protocol, local, remote, scan, text(in, earlier));
    }

    private static String text(DataInputStream in, List<TracedMessage> earlier) throws IOException {
        int same = in.readShort();
        if (same >= earlier.size()) throw new IOException("a text of a later message");
        if (same >= 0) return earlier.get(same).kept();
        int length = in.readInt();
        if (length < 0 || length > LONGEST_TEXT) throw new IOException("a text of " + length + " bytes");
        return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    private static InetSocketAddress address(DataInputStream in) throws IOException {
        byte[] ip = in.readNBytes(in.readUnsignedByte());
        if (ip.length == 0) return InetSocketAddress.createUnresolved(in.readUTF(), in.readUnsignedShort());
        return new InetSocketAddress(InetAddress.getByAddress(ip), in.readUnsignedShort());
    }
}
