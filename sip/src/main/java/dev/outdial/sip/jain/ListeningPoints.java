package dev.outdial.sip.jain;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.HostPort;
import dev.outdial.sip.message.TransportProtocol;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TooManyListenersException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.ObjectInUseException;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.TransportNotSupportedException;

/** The ports on which one stack listens: one for each local address and transport, opened when first needed. <b>Threading:</b> any thread. */
final class ListeningPoints {
    private static final long ROUTE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int MOST_ROUTES = 1_000;

    private final OutdialStack stack;
    private final StackSockets network;
    private final SipListener listener;
    private final Optional<InetAddress> bindAddress;
    private final int bindPort;
    private final Map<Key, Point> points = new ConcurrentHashMap<>();
    private final Map<InetAddress, Route> routes = new ConcurrentHashMap<>();
    private boolean closed;

    private record Key(InetAddress address, TransportProtocol transport) {}

    private record Route(InetAddress local, long learntNanos) {}

    /** One that is open. */
    record Point(SipProvider provider, InetSocketAddress local) {}

    /** Where one of them listens. */
    record Place(InetAddress address, TransportProtocol transport, int port) {}

    ListeningPoints(
            OutdialStack stack,
            StackSockets network,
            SipListener listener,
            Optional<InetAddress> bindAddress,
            int bindPort) {
        this.stack = stack;
        this.network = network;
        this.listener = listener;
        this.bindAddress = bindAddress;
        this.bindPort = bindPort;
    }

    /** The one from which the hop is reached. */
    Point towards(Hop hop) throws IOException {
        return on(localAddress(hop), hop.transport());
    }

    // Asked for with every message: the kernel is asked again only when its answer may have changed.
    private InetAddress localAddress(Hop hop) throws IOException {
        if (bindAddress.isPresent()) return bindAddress.get();
        InetAddress remote = hop.address().getAddress();
        long now = System.nanoTime();
        Route known = routes.get(remote);
        if (known != null && now - known.learntNanos() < ROUTE_NANOS) return known.local();
        if (routes.size() >= MOST_ROUTES) routes.clear();
        Route learnt = new Route(routeTo(hop), now);
        routes.put(remote, learnt);
        return learnt.local();
    }

    /** The one on that address. */
    Point on(InetAddress local, TransportProtocol transport) throws IOException {
        var key = new Key(local, transport);
        Point open = points.get(key);
        return open != null ? open : open(key, bindPort);
    }

    /** Where they listen. */
    List<Place> places() {
        return points.entrySet().stream()
                .map(open -> new Place(
                        open.getKey().address(),
                        open.getKey().transport(),
                        open.getValue().local().getPort()))
                .toList();
    }

    /** Listens in a place where another stack did. */
    void reopen(Place place) throws IOException {
        open(new Key(place.address(), place.transport()), place.port());
    }

    /**
     * Opens no more, and waits for one that is being opened. jain-sip would start a stack that was stopped anew for it, which nobody stops;
     * and stopped in the midst of it, it breaks down.
     */
    synchronized void close() {
        closed = true;
    }

    // A connected datagram socket sends nothing, but asks the kernel which way it would.
    static InetAddress routeTo(Hop hop) throws IOException {
        try (var probe = new DatagramSocket()) {
            probe.connect(hop.address());
            InetAddress local = probe.getLocalAddress();
            if (local.isAnyLocalAddress()) throw new IOException("there is no route to " + hop);
            return local;
        } catch (IOException | RuntimeException e) {
            throw new IOException("there is no route to " + hop + ": " + e.getMessage(), e);
        }
    }

    private synchronized Point open(Key key, int port) throws IOException {
        Point open = points.get(key);
        if (open != null) return open;
        if (closed) throw new IOException("the SIP user agent is closed");
        InetSocketAddress local = network.bind(key.address(), key.transport(), port);
        try {
            String transport = key.transport().parameter();
            ListeningPoint point =
                    stack.createListeningPoint(key.address().getHostAddress(), local.getPort(), transport);
            SipProvider provider = stack.createSipProvider(point);
            provider.addSipListener(listener);
            var opened = new Point(provider, local);
            points.put(key, opened);
            return opened;
        } catch (TransportNotSupportedException
                | InvalidArgumentException
                | ObjectInUseException
                | TooManyListenersException e) {
            throw new IOException(
                    "cannot listen on " + key.transport() + " " + HostPort.of(local) + ": " + e.getMessage(), e);
        }
    }
}
