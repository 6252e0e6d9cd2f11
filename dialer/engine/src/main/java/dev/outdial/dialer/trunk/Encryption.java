package dev.outdial.dialer.trunk;

/** Whether the sound of calls is encrypted (SRTP, RFC 3711; keys in the session description, RFC 4568). */
public enum Encryption {
    /** Never. */
    OFF,
    /** Where the far end can; one that cannot is spoken to in clear. */
    OFFERED,
    /** Always: a far end that cannot is hung up on. Keys are only as secret as the SIP transport: use TLS. */
    REQUIRED
}
