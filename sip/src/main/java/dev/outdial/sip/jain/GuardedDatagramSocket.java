package dev.outdial.sip.jain;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;

/** A datagram socket that shows everything to a {@link WireGuard} first. */
final class GuardedDatagramSocket extends DatagramSocket {
    private final WireGuard guard;

    GuardedDatagramSocket(InetSocketAddress local, WireGuard guard) throws SocketException {
        super(local);
        this.guard = guard;
    }

    @Override
    public void receive(DatagramPacket packet) throws IOException {
        int capacity = packet.getLength();
        while (true) {
            packet.setLength(capacity);
            super.receive(packet);
            var source = (InetSocketAddress) packet.getSocketAddress();
            if (guard.admits(source, packet.getData(), packet.getOffset(), packet.getLength())) return;
        }
    }

    @Override
    public void send(DatagramPacket packet) throws IOException {
        if (guard.releases(packet.getData(), packet.getOffset(), packet.getLength())) super.send(packet);
    }
}
