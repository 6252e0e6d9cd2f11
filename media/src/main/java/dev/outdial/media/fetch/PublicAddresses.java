package dev.outdial.media.fetch;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Which addresses are public ones. Judges the bytes, so that it makes no difference how an address was written or came about. */
final class PublicAddresses {
    private static final int IPV4_BYTES = 4;

    /** Addresses whose first bits are these. */
    private static final class Net {
        private final byte[] first;
        private final int bitCount;
        private final String kind;

        Net(byte[] first, int bitCount, String kind) {
            this.first = first;
            this.bitCount = bitCount;
            this.kind = kind;
        }

        boolean contains(byte[] address) {
            for (int bit = 0; bit < bitCount; bit++) {
                int mask = 0x80 >> (bit & 7);
                if ((address[bit >> 3] & mask) != (first[bit >> 3] & mask)) return false;
            }
            return true;
        }
    }

    /** The registry of RFC 6890 as of today, multicast and the reserved class E; the first that contains an address names it. */
    private static final List<Net> IPV4 = List.of(
            net("an unspecified address", 8, 0),
            net("a private address", 8, 10),
            net("an address of carrier-grade NAT", 10, 100, 64),
            net("a loopback address", 8, 127),
            net("a link-local address", 16, 169, 254),
            net("a private address", 12, 172, 16),
            net("a reserved address", 24, 192, 0, 0),
            net("an address for documentation", 24, 192, 0, 2),
            net("an address of a 6to4 relay", 24, 192, 88, 99),
            net("a private address", 16, 192, 168),
            net("an address for benchmarks", 15, 198, 18),
            net("an address for documentation", 24, 198, 51, 100),
            net("an address for documentation", 24, 203, 0, 113),
            // A public address by its number; within Azure it is the host that a machine runs on, and no other place
            // has it.
            net("an address of the cloud's own host", 32, 168, 63, 129, 16),
            net("a multicast address", 4, 224),
            net("a broadcast address", 32, 255, 255, 255, 255),
            net("a reserved address", 4, 240));

    /** RFC 4291, and the registry of RFC 6890. What none contains and is not below 2000::/3 is given to nobody. */
    private static final List<Net> IPV6 = List.of(
            net("an unspecified address", 128, new byte[16]),
            net("a loopback address", 128, ipv6(0, 0, 0, 0, 0, 0, 0, 1)),
            net("an IPv4-mapped address", 96, ipv6(0, 0, 0, 0, 0, 0xffff, 0, 0)),
            net("an IPv4-compatible address", 96, new byte[16]),
            net("a NAT64 address", 96, ipv6(0x64, 0xff9b, 0, 0, 0, 0, 0, 0)),
            net("a NAT64 address", 48, ipv6(0x64, 0xff9b, 1, 0, 0, 0, 0, 0)),
            net("a discard-only address", 64, ipv6(0x100, 0, 0, 0, 0, 0, 0, 0)),
            net("a Teredo address", 32, ipv6(0x2001, 0, 0, 0, 0, 0, 0, 0)),
            // Benchmarks, ORCHID and what else the IETF keeps for itself.
            net("a reserved address", 23, ipv6(0x2001, 0, 0, 0, 0, 0, 0, 0)),
            net("an address for documentation", 32, ipv6(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0)),
            net("a 6to4 address", 16, ipv6(0x2002, 0, 0, 0, 0, 0, 0, 0)),
            net("an address for documentation", 20, ipv6(0x3fff, 0, 0, 0, 0, 0, 0, 0)),
            net("a unique local address", 7, ipv6(0xfc00, 0, 0, 0, 0, 0, 0, 0)),
            net("a link-local address", 10, ipv6(0xfe80, 0, 0, 0, 0, 0, 0, 0)),
            net("a site-local address", 10, ipv6(0xfec0, 0, 0, 0, 0, 0, 0, 0)),
            net("a multicast address", 8, ipv6(0xff00, 0, 0, 0, 0, 0, 0, 0)));

    private static final Net GLOBAL_UNICAST = net("", 3, ipv6(0x2000, 0, 0, 0, 0, 0, 0, 0));

    private PublicAddresses() {}

    static Optional<String> objection(InetAddress address) {
        byte[] bytes = address.getAddress();
        List<Net> special = bytes.length == IPV4_BYTES ? IPV4 : IPV6;
        for (Net net : special) if (net.contains(bytes)) return Optional.of(net.kind);
        return bytes.length == IPV4_BYTES || GLOBAL_UNICAST.contains(bytes)
                ? Optional.empty()
                : Optional.of("a reserved address");
    }

    private static Net net(String kind, int bitCount, int... bytes) {
        byte[] first = new byte[IPV4_BYTES];
        for (int i = 0; i < bytes.length; i++) first[i] = (byte) bytes[i];
        return net(kind, bitCount, first);
    }

    private static Net net(String kind, int bitCount, byte[] first) {
        return new Net(first, bitCount, kind);
    }

    private static byte[] ipv6(int... words) {
        byte[] bytes = new byte[16];
        for (int i = 0; i < words.length; i++) {
            bytes[2 * i] = (byte) (words[i] >> 8);
            bytes[2 * i + 1] = (byte) words[i];
        }
        return bytes;
    }
}
