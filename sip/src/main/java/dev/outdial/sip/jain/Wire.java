package dev.outdial.sip.jain;

/** What all sockets of a transport have in common: who guards, who watches, and when connections are pinged. */
record Wire(WireGuard guard, WireWatch watch, KeepAlive.Terms keepAlive) {}
