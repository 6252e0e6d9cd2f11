package dev.outdial.sip.jain;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** The guard of all sockets of a transport: first who speaks, then how much and how fast. <b>Threading:</b> any thread. */
final class Gate implements WireGuard {
    private final SizeAndRateGuard sizeAndRate;
    private final Strangers strangers;

    /**
     * Admits everybody until told whom to trust.
     *
     * @param knowsCallId whether something of ours has that Call-ID
     */
    Gate(Predicate<String> knowsCallId, LongSupplier nanoClock) {
        sizeAndRate = new SizeAndRateGuard(nanoClock);
        strangers = new Strangers(knowsCallId, nanoClock);
    }

    void trust(Set<InetAddress> peers) {
        strangers.trust(peers);
    }

    @Override
    public boolean admits(InetSocketAddress source, byte[] bytes, int offset, int byteLength) {
        if (CallIdScan.isKeepAlive(bytes, offset, byteLength)) return false;
        return strangers.admits(source.getAddress(), bytes, offset, byteLength)
                && sizeAndRate.admits(source, bytes, offset, byteLength);
    }

    @Override
    public boolean admitsFromOurConnection(InetSocketAddress source, byte[] bytes, int offset, int byteLength) {
        return sizeAndRate.admits(source, bytes, offset, byteLength);
    }

    @Override
    public boolean trusts(InetAddress source) {
        return strangers.trusts(source);
    }

    @Override
    public boolean releases(byte[] bytes, int offset, int byteLength) {
        return sizeAndRate.releases(bytes, offset, byteLength);
    }

    /** How many messages were too big, too fast, or not fit to be sent. */
    long dropped() {
        return sizeAndRate.dropped();
    }

    /** How many messages of strangers were turned away. */
    long strangers() {
        return strangers.turnedAway();
    }
}
