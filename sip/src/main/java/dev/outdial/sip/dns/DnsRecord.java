package dev.outdial.sip.dns;

import java.net.InetAddress;

/** What a name server knows about a name, as far as it matters for SIP. */
sealed interface DnsRecord {
    /** A or AAAA. */
    record Address(InetAddress address) implements DnsRecord {}

    /**
     * A server of a service (RFC 2782).
     *
     * @param target a plain name; empty where the service is said not to exist
     */
    record Srv(int priority, int weight, int port, String target) implements DnsRecord {}

    /**
     * A service of a domain (RFC 3403).
     *
     * @param service such as {@code SIP+D2U}
     * @param replacement the name to ask SRV records of
     */
    record Naptr(int order, int preference, String flags, String service, String replacement) implements DnsRecord {}
}
