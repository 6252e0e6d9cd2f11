package dev.outdial.testbed.peer;

/** How a message travels. */
public enum Wire {
    /** One datagram a message. */
    UDP,
    /** One connection, messages cut by Content-Length. */
    TCP,
    /** As TCP, under TLS. */
    TLS
}
