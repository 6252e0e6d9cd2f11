package dev.outdial.sip;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.TransactionId;
import dev.outdial.sip.transport.ConnectionTrial;
import dev.outdial.sip.transport.SipTransport;
import dev.outdial.sip.transport.TransportStatistics;
import dev.outdial.sip.transport.WireTap;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keeps what is to be sent, and sends nothing. */
final class FakeTransport implements SipTransport {
    final List<OutboundRequest> sent = new ArrayList<>();
    InetSocketAddress local = new InetSocketAddress("10.0.0.9", 40_000);
    final Set<Hop> keptAlive = new HashSet<>();
    boolean faulty;

    List<String> methods() {
        return sent.stream().map(request -> request.request().method()).toList();
    }

    @Override
    public ConnectionTrial tryConnection(Hop hop, Duration limit) {
        return new ConnectionTrial(0, Optional.empty(), Optional.empty());
    }

    @Override
    public InetSocketAddress localAddress(Hop hop) {
        return local;
    }

    @Override
    public void send(OutboundRequest request) {
        if (faulty) throw new IllegalStateException("a fault of the transport");
        sent.add(request);
    }

    @Override
    public void withdraw(TransactionId transaction) {}

    @Override
    public void tap(WireTap tap) {}

    @Override
    public void trust(Set<InetAddress> peers) {}

    @Override
    public void keepAlive(Hop hop, boolean on) {
        if (on) keptAlive.add(hop);
        else keptAlive.remove(hop);
    }

    @Override
    public TransportStatistics statistics() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
