package dev.outdial.server.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parts of the address space, as {@code 192.0.2.0/24} or {@code 2001:db8::/32} (RFC 4632). Names are not looked up. */
public final class Networks {
    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    /** What {@link InetAddress} reads without asking anybody: what looks like a name would be looked up. */
    private static final Pattern LITERAL = Pattern.compile(BYTE + "(\\." + BYTE + "){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private Networks() {}

    private static final class Network {
        private final byte[] address;
        private final int bits;

        Network(byte[] address, int bits) {
            this.address = address;
            this.bits = bits;
        }

        boolean contains(byte[] other) {
            if (other.length != address.length) return false;
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (other[bit / 8] & mask)) return false;
            }
            return true;
        }
    }

    /** Whether it is one; bits behind the length do not count. */
    static boolean isOne(String text) {
        return parse(text).isPresent();
    }

    /** Whether an address is in one of them, or none is named. */
    public static boolean contain(List<String> networks, String address) {
        if (networks.isEmpty()) return true;
        Optional<byte[]> bytes = bytes(address);
        return bytes.isPresent()
                && networks.stream()
                        .flatMap(text -> parse(text).stream())
                        .anyMatch(network -> network.contains(bytes.get()));
    }

    private static Optional<Network> parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length > 2 || (parts.length == 2 && !parts[1].matches("[0-9]{1,3}"))) return Optional.empty();
        return bytes(parts[0]).flatMap(address -> {
            int all = address.length * 8;
            int bits = parts.length == 2 ? Integer.parseInt(parts[1]) : all;
            return bits <= all ? Optional.of(new Network(address, bits)) : Optional.empty();
        });
    }

    /** An IPv4 address in an IPv6 one is the IPv4 one. */
    private static Optional<byte[]> bytes(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        if (!LITERAL.matcher(bare).matches()) return Optional.empty();
        try {
            return Optional.of(InetAddress.getByName(bare).getAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
