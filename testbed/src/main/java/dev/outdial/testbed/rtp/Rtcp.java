package dev.outdial.testbed.rtp;

import dev.outdial.testbed.rtp.RtcpPacket.Goodbye;
import dev.outdial.testbed.rtp.RtcpPacket.Other;
import dev.outdial.testbed.rtp.RtcpPacket.ReceiverReport;
import dev.outdial.testbed.rtp.RtcpPacket.ReportBlock;
import dev.outdial.testbed.rtp.RtcpPacket.SenderReport;
import dev.outdial.testbed.rtp.RtcpPacket.SourceDescription;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes RTCP compounds. Pure functions. */
public final class Rtcp {
    private static final int SR = 200;
    private static final int RR = 201;
    private static final int SDES = 202;
    private static final int BYE = 203;
    private static final int CNAME = 1;
    private static final long UNSIGNED = 0xFFFF_FFFFL;

    private Rtcp() {}

    /** Reads a datagram up to its end or to the first thing that is wrong; nothing is thrown. */
    public static List<RtcpPacket> parse(byte[] bytes) {
        var packets = new ArrayList<RtcpPacket>();
        int at = 0;
        while (at + 4 <= bytes.length && (bytes[at] & 0xC0) == 0x80) {
            int length = 4 * (1 + (((bytes[at + 2] & 0xFF) << 8) | (bytes[at + 3] & 0xFF)));
            if (at + length > bytes.length) break;
            var content = ByteBuffer.wrap(bytes, at + 4, length - 4).slice();
            var packet = parse(bytes[at + 1] & 0xFF, bytes[at] & 0x1F, content);
            if (packet == null) break;
            packets.add(packet);
            at += length;
        }
        return List.copyOf(packets);
    }

    private static @Nullable RtcpPacket parse(int type, int count, ByteBuffer in) {
        return switch (type) {
            case SR -> {
                if (in.remaining() < 24 + 24 * count) yield null;
                long ssrc = in.getInt() & UNSIGNED;
                long ntp = in.getLong();
                long timestamp = in.getInt() & UNSIGNED;
                long packets = in.getInt() & UNSIGNED;
                long octets = in.getInt() & UNSIGNED;
                yield new SenderReport(ssrc, ntp, timestamp, packets, octets, reports(in, count));
            }
            case RR -> {
                if (in.remaining() < 4 + 24 * count) yield null;
                long ssrc = in.getInt() & UNSIGNED;
                yield new ReceiverReport(ssrc, reports(in, count));
            }
            case SDES -> sourceDescription(in);
            case BYE -> goodbye(in, count);
            default -> new Other(type);
        };
    }

    private static List<ReportBlock> reports(ByteBuffer in, int count) {
        var blocks = new ArrayList<ReportBlock>();
        for (int i = 0; i < count; i++) {
            long ssrc = in.getInt() & UNSIGNED;
            int lost = in.getInt();
            blocks.add(new ReportBlock(
                    ssrc,
                    lost >>> 24,
                    lost << 8 >> 8,
                    in.getInt() & UNSIGNED,
                    in.getInt() & UNSIGNED,
                    in.getInt() & UNSIGNED,
                    in.getInt() & UNSIGNED));
        }
        return blocks;
    }

    private static RtcpPacket sourceDescription(ByteBuffer in) {
        if (in.remaining() < 4) return new SourceDescription(0, "");
        long ssrc = in.getInt() & UNSIGNED;
        while (in.remaining() >= 2) {
            int item = in.get() & 0xFF;
            int length = in.get() & 0xFF;
            if (item == 0 || length > in.remaining()) break;
            var text = text(in, length);
            if (item == CNAME) return new SourceDescription(ssrc, text);
        }
        return new SourceDescription(ssrc, "");
    }

    private static @Nullable RtcpPacket goodbye(ByteBuffer in, int count) {
        if (in.remaining() < 4 * count) return null;
        var ssrcs = new ArrayList<Long>();
        for (int i = 0; i < count; i++) ssrcs.add(in.getInt() & UNSIGNED);
        if (!in.hasRemaining()) return new Goodbye(ssrcs, "");
        int length = in.get() & 0xFF;
        return new Goodbye(ssrcs, length > in.remaining() ? "" : text(in, length));
    }

    private static String text(ByteBuffer in, int length) {
        var bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * Writes a compound.
     *
     * @throws IllegalArgumentException for {@link Other}, whose content is not known, and for names longer than 255 bytes
     */
    public static byte[] write(List<RtcpPacket> packets) {
        var out = new ByteArrayOutputStream();
        for (var packet : packets) {
            switch (packet) {
                case SenderReport r -> {
                    var content = ByteBuffer.allocate(24 + 24 * r.reports().size());
                    content.putInt((int) r.ssrc()).putLong(r.ntpTime()).putInt((int) r.rtpTimestamp());
                    content.putInt((int) r.packetCount()).putInt((int) r.octetCount());
                    put(r.reports(), content);
                    append(out, SR, r.reports().size(), content.array());
                }
                case ReceiverReport r -> {
                    var content =
                            ByteBuffer.allocate(4 + 24 * r.reports().size()).putInt((int) r.ssrc());
                    put(r.reports(), content);
                    append(out, RR, r.reports().size(), content.array());
                }
                case SourceDescription d -> {
                    var name = shortText(d.cname());
                    // The list of items ends with at least one zero byte and is padded with zeros to a word.
                    int size = 4 + (2 + name.length + 1 + 3) / 4 * 4;
                    var content = ByteBuffer.allocate(size).putInt((int) d.ssrc());
                    content.put((byte) CNAME).put((byte) name.length).put(name);
                    append(out, SDES, 1, content.array());
                }
                case Goodbye b -> {
                    var reason = shortText(b.reason());
                    int tail = reason.length == 0 ? 0 : (1 + reason.length + 3) / 4 * 4;
                    var content = ByteBuffer.allocate(4 * b.ssrcs().size() + tail);
                    b.ssrcs().forEach(s -> content.putInt(s.intValue()));
                    if (tail > 0) content.put((byte) reason.length).put(reason);
                    append(out, BYE, b.ssrcs().size(), content.array());
                }
                case Other o -> throw new IllegalArgumentException("cannot write RTCP type " + o.packetType());
            }
        }
        return out.toByteArray();
    }

    private static byte[] shortText(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 255) throw new IllegalArgumentException("longer than 255 bytes: " + text);
        return bytes;
    }

    private static void put(List<ReportBlock> reports, ByteBuffer out) {
        for (var r : reports) {
            out.putInt((int) r.ssrc()).putInt((r.fractionLost() << 24) | (r.cumulativeLost() & 0xFF_FFFF));
            out.putInt((int) r.highestSequence()).putInt((int) r.jitter());
            out.putInt((int) r.lastSenderReport()).putInt((int) r.delaySinceLastSenderReport());
        }
    }

    private static void append(ByteArrayOutputStream out, int type, int count, byte[] content) {
        int words = content.length / 4;
        out.write(0x80 | count);
        out.write(type);
        out.write(words >> 8);
        out.write(words);
        out.writeBytes(content);
    }
}
