/** Writes what goes over the wire to a file that Wireshark reads. */
@NullMarked
package dev.outdial.dialer.call.pcap;

import org.jspecify.annotations.NullMarked;
