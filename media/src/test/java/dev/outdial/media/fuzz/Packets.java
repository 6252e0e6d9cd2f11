package dev.outdial.media.fuzz;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Packets as they are on the wire. */
public final class Packets {
    /** The source of all of them. */
    public static final int SSRC = 0x1234ABCD;

    private Packets() {}

    static byte[] rtp(int type, boolean marker, int number, int timestamp, byte... payload) {
        return ByteBuffer.allocate(12 + payload.length)
                .put((byte) 0x80)
                .put((byte) (type | (marker ? 0x80 : 0)))
                .putShort((short) number)
                .putInt(timestamp)
                .putInt(SSRC)
                .put(payload)
                .array();
    }

    /** Sound over a wrap of its numbers, with a packet lost, one late, one twice and one far away. */
    public static List<byte[]> sound() {
        var packets = new ArrayList<byte[]>();
        for (int number : new int[] {65_533, 65_534, 0, 65_535, 2, 2, 40_000, 3})
            packets.add(rtp(0, number == 65_533, number, -320 + 160 * (number << 16 >> 16), new byte[40]));
        return packets;
    }

    /** The key 5 pressed and released, then 1 with its end packets lost. */
    public static List<byte[]> keys() {
        var packets = new ArrayList<byte[]>();
        for (int i = 1; i <= 6; i++)
            packets.add(rtp(101, i == 1, i, 8000, (byte) 5, (byte) (i > 3 ? 0x8A : 0x0A), (byte) 0, (byte) (160 * i)));
        for (int i = 7; i <= 9; i++) packets.add(rtp(101, i == 7, i, 16_000, (byte) 1, (byte) 10, (byte) 1, (byte) i));
        return packets;
    }

    /** A header extension, two contributing sources and padding. */
    public static List<byte[]> odd() {
        return List.of(
                HexFormat.of().parseHex("b2000007000004601234abcd0000000100000002bede0001100000007f7f7f7f00000004"),
                HexFormat.of().parseHex("800d0008000005001234abcd40"));
    }

    /** A sender report, a receiver report, a source description, feedback, an extended report and a bye. */
    static List<byte[]> reports() {
        HexFormat hex = HexFormat.of();
        return List.of(
                hex.parseHex("81c8000c1234abcdea0b1c2d400000000000028000000004000002800badcafe0100000200010003"
                        + "000000100b1c2d4000010000" + "81ca00041234abcd010861626364656667680000"),
                hex.parseHex("81c900071234abcd0badcafe00fffffd000100030000001000000000000000008080cf00"),
                hex.parseHex("81cd00021234abcd0badcafe80cf00041234abcd040000020000000100000002"
                        + "a1cb00031234abcd0000000000000004"));
    }

    static List<String> descriptions() {
        return List.of("""
                v=0
                o=- 42 7 IN IP4 192.0.2.1
                s=-
                c=IN IP4 192.0.2.1
                t=0 0
                m=audio 4000 RTP/AVP 0 8 101
                a=rtpmap:0 PCMU/8000
                a=rtpmap:101 telephone-event/8000
                a=fmtp:101 0-16
                a=ptime:20
                a=maxptime:40
                a=rtcp:4009 IN IP4 192.0.2.9
                a=sendonly
                """, """
                v=0
                o=alice 1 2 IN IP6 2001:db8::1
                s=
                t=0 0
                m=audio 4000 RTP/SAVP 8 96 13
                c=IN IP6 2001:db8::1
                a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:4fl6DT4Bi+DWT6MsBt5BOQ7GdatJiv7rtpYLOqvm|2^20|1:4
                a=rtpmap:96 telephone-event/8000
                a=inactive
                m=video 0 RTP/AVP 31
                """);
    }
}
