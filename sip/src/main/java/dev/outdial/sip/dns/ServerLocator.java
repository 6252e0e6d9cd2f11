package dev.outdial.sip.dns;

import dev.outdial.sip.dns.DnsRecord.Naptr;
import dev.outdial.sip.dns.DnsRecord.Srv;
import dev.outdial.sip.dns.RecordOrder.Service;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.HostPort;
import dev.outdial.sip.message.NextHop;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.TransportProtocol;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;

/**
 * Finds the servers of a SIP URI (RFC 3263 section 4): which transports, which servers, which addresses, in which order. Decides only;
 * names are looked up in a {@link Directory}. <b>Threading:</b> as the directory; waits where that waits.
 */
final class ServerLocator {
    static final int MOST_HOPS = 16;
    private static final Answer UNKNOWN = new Answer.Nothing(true, 0);

    private final Directory directory;
    private final Predicate<InetAddress> reachable;
    private final IntUnaryOperator draw;
    private final long limitNanos;

    /** A server with a name: what an address is looked up for. */
    private record Candidate(String host, int port, TransportProtocol transport) {}

    /**
     * The way it will look.
     *
     * @param reachable whether there is a route to an address
     * @param draw as in {@link RecordOrder#servers}
     * @param limitNanos how long all of it may take
     */
    ServerLocator(Directory directory, Predicate<InetAddress> reachable, IntUnaryOperator draw, long limitNanos) {
        this.directory = directory;
        this.reachable = reachable;
        this.draw = draw;
        this.limitNanos = limitNanos;
    }

    /** The hop of a URI that names an address; nobody needs to be asked. */
    static Optional<Hop> literal(SipUri uri) {
        return NextHop.literal(target(uri)).map(address -> hop(uri, address, uri.portOrDefault(), uri.transport()));
    }

    /**
     * The hops to try, best first: at least one, at most 16, each once.
     *
     * @throws UnknownHostException with a sentence for a person
     */
    List<Hop> locate(SipUri uri, long nowNanos) throws UnknownHostException {
        Optional<Hop> known = literal(uri);
        if (known.isPresent()) return List.of(known.get());
        List<Candidate> candidates = candidates(uri, nowNanos);
        List<String> hosts = candidates.stream().map(Candidate::host).distinct().toList();
        List<Answer> answers = directory.addresses(hosts, nowNanos + limitNanos);
        Map<String, Answer> byHost = new LinkedHashMap<>();
        for (int i = 0; i < hosts.size(); i++) byHost.put(hosts.get(i), answers.get(i));

        var hops = new LinkedHashSet<Hop>();
        for (Candidate candidate : candidates) {
            for (InetAddress address : addresses(byHost.getOrDefault(candidate.host(), UNKNOWN))) {
                if (hops.size() < MOST_HOPS && reachable.test(address)) {
                    hops.add(hop(uri, named(candidate.host(), address), candidate.port(), candidate.transport()));
                }
            }
        }
        if (hops.isEmpty()) throw unresolved(uri, whyNone(uri, byHost));
        return List.copyOf(hops);
    }

    // RFC 3263 section 4: maddr says where a request goes, whoever it is for.
    private static String target(SipUri uri) {
        String maddr = uri.parameters().getOrDefault("maddr", "");
        return maddr.isEmpty() ? uri.host() : maddr;
    }

    // RFC 5922 section 7.1: who must be there is who the URI names, whatever the DNS says about where.
    private static Hop hop(SipUri uri, InetAddress address, int port, TransportProtocol transport) {
        var socket = new InetSocketAddress(address, port);
        return transport == TransportProtocol.TLS ? Hop.overTls(socket, uri.host()) : new Hop(socket, transport);
    }

    // What comes in Contact and Record-Route is recognized by the name that we know the address by (NextHop).
    private static InetAddress named(String host, InetAddress address) throws UnknownHostException {
        boolean scoped = address instanceof Inet6Address ipv6 && ipv6.getScopeId() != 0;
        return scoped ? address : InetAddress.getByAddress(host, address.getAddress());
    }

    private List<Candidate> candidates(SipUri uri, long nowNanos) throws UnknownHostException {
        String target = Question.plain(target(uri));
        var itself = new Candidate(target, uri.portOrDefault(), uri.transport());
        if (uri.port().isPresent() || directory.isLocal(target)) return List.of(itself);

        List<Service> services = services(uri, target, nowNanos);
        List<Question> questions = services.stream()
                .map(service -> new Question(service.name(), Question.Type.SRV))
                .toList();
        List<Answer> answers = directory.ask(questions, nowNanos + limitNanos / 5 * 4);
        var candidates = new ArrayList<Candidate>();
        boolean denied = false;
        for (int i = 0; i < services.size(); i++) {
            if (!(answers.get(i) instanceof Answer.Found found)) continue;
            for (Srv server : RecordOrder.servers(found.of(Srv.class), draw)) {
                // RFC 2782: the target "." says that there is no such service.
                if (server.target().isEmpty()) denied = true;
                else if (server.port() > 0 && candidates.size() < MOST_HOPS)
                    candidates.add(new Candidate(
                            server.target(), server.port(), services.get(i).transport()));
            }
        }
        if (!candidates.isEmpty()) return candidates;
        if (denied) throw unresolved(uri, "its DNS says that it takes no SIP calls this way");
        return List.of(itself);
    }

    private List<Service> services(SipUri uri, String target, long nowNanos) {
        if (uri.parameters().containsKey("transport")) {
            return RecordOrder.guessed(target, List.of(uri.transport()));
        }
        var question = new Question(target, Question.Type.NAPTR);
        // Some relays drop questions of types that they do not know: that must leave time for the others.
        Answer answer =
                directory.ask(List.of(question), nowNanos + limitNanos / 5 * 2).getFirst();
        if (answer instanceof Answer.Found found) {
            List<Service> said = RecordOrder.services(found.of(Naptr.class), uri.secure());
            if (!said.isEmpty()) return said;
        }
        return RecordOrder.guessed(
                target,
                uri.secure()
                        ? List.of(TransportProtocol.TLS)
                        : List.of(TransportProtocol.UDP, TransportProtocol.TCP, TransportProtocol.TLS));
    }

    private static List<InetAddress> addresses(Answer answer) {
        return answer instanceof Answer.Found found
                ? found.of(DnsRecord.Address.class).stream()
                        .map(DnsRecord.Address::address)
                        .toList()
                : List.of();
    }

    private String whyNone(SipUri uri, Map<String, Answer> byHost) {
        Map.Entry<String, Answer> first = byHost.entrySet().iterator().next();
        String why = why(first.getValue());
        return first.getKey().equals(Question.plain(target(uri)))
                ? why
                : "of its " + byHost.size() + " servers none can be found, " + first.getKey() + ": " + why;
    }

    private String why(Answer answer) {
        return switch (answer) {
            case Answer.Found found ->
                "there is no route to " + HostPort.of(addresses(found).getFirst());
            case Answer.Nothing nothing -> nothing.nameExists() ? "it has no address" : "no such name";
            case Answer.Failed failed ->
                failed.failure() == Answer.Failure.SILENT
                        ? failed.why() + " within " + seconds(limitNanos)
                        : failed.why();
        };
    }

    private static String seconds(long nanos) {
        long millis = nanos / 1_000_000;
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }

    private static UnknownHostException unresolved(SipUri uri, String why) {
        return new UnknownHostException("cannot resolve host '" + target(uri) + "': " + why);
    }
}
