package dev.outdial.sip.message;

import java.net.InetAddress;

/** Says how far an address reaches. Never asks a name server. */
public final class AddressScope {
    private AddressScope() {}

    /**
     * Whether an address has a meaning in its own network only, or is nobody's: loopback, link-local, RFC 1918, RFC 4193 (fc00::/7), RFC 6598
     * (100.64.0.0/10), wildcard, multicast.
     */
    public static boolean isInner(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
        boolean carrierGrade = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
        return address.isLoopbackAddress()
                || address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || address.isAnyLocalAddress()
                || address.isMulticastAddress()
                || uniqueLocal
                || carrierGrade;
    }
}
