package dev.outdial.testbed.dns;

/** The kinds of records that the server knows, with their numbers on the wire. */
public enum RecordType {
    /** An IPv4 address. */
    A(1),
    /** Another name for a name. */
    CNAME(5),
    /** Says with a negative answer how long it holds (RFC 2308). */
    SOA(6),
    /** An IPv6 address. */
    AAAA(28),
    /** A server of a service (RFC 2782). */
    SRV(33),
    /** A service of a domain (RFC 3403). */
    NAPTR(35);

    private final int number;

    RecordType(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
