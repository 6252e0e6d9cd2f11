package dev.outdial.sip.dns;

import dev.outdial.sip.dns.Question.Type;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.SipUri;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.hosts.HostsFileParser;

/**
 * Finds the servers of a SIP URI by NAPTR, SRV, A and AAAA records (RFC 3263), and keeps what it learns for as long as that holds.
 * Threads and sockets are there only while somebody waits for an answer. <b>Threading:</b> any thread; nothing blocks.
 */
public final class NameResolver implements AutoCloseable {
    /** How long it may take to find a host. */
    public static final Duration LIMIT = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(NameResolver.class);

    private final LongSupplier clock;
    private final DnsClient dns;
    private final SystemNames system;
    private final ServerLocator locator;
    private final Set<CompletableFuture<List<Hop>>> pending = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Asks nobody yet.
     *
     * @param servers the name servers; where empty, the system's, and the system itself where none of them answers
     * @param bindAddress the only local address in use, where there is one: addresses of the other family are left out
     * @param reachable whether there is a route to an address; called on threads of the resolver, must not block
     */
    public NameResolver(
            List<InetSocketAddress> servers, Optional<InetAddress> bindAddress, Predicate<InetAddress> reachable) {
        this(servers, bindAddress, reachable, new HostsFileParser(), LIMIT, System::nanoTime);
    }

    NameResolver(
            List<InetSocketAddress> servers,
            Optional<InetAddress> bindAddress,
            Predicate<InetAddress> reachable,
            HostsFileParser hosts,
            Duration limit,
            LongSupplier clock) {
        this.clock = clock;
        var nameServers = new NameServers(servers);
        dns = new DnsClient(nameServers, clock);
        system = new SystemNames(hosts);
        var lookups = new Lookups(dns, system, nameServers.areTheSystems(), families(bindAddress), clock);
        locator = new ServerLocator(
                lookups, reachable, bound -> ThreadLocalRandom.current().nextInt(bound), limit.toNanos());
    }

    private static Set<Type> families(Optional<InetAddress> bindAddress) {
        return bindAddress
                .map(address -> EnumSet.of(address instanceof Inet4Address ? Type.A : Type.AAAA))
                .orElseGet(() -> EnumSet.of(Type.A, Type.AAAA));
    }

    /**
     * The hops to try for a URI, best first: at least one, at most 16, each once. A URI that names an address is located at once; others
     * within {@link #LIMIT}. Servers of equal priority are drawn anew by their weights each time.
     *
     * @return completes exceptionally with {@link UnknownHostException}, whose message is a sentence for a person
     */
    public CompletionStage<List<Hop>> locate(SipUri uri) {
        Optional<Hop> literal = ServerLocator.literal(uri);
        if (literal.isPresent()) return CompletableFuture.completedFuture(List.of(literal.get()));
        var located = new CompletableFuture<List<Hop>>();
        pending.add(located);
        if (closed) end(located);
        else Thread.ofVirtual().name("sip-locate").start(() -> locate(uri, located));
        return located;
    }

    private void locate(SipUri uri, CompletableFuture<List<Hop>> located) {
        try {
            List<Hop> hops = locator.locate(uri, clock.getAsLong());
            LOG.debug("{} is at {}", uri.withoutUser(), hops);
            located.complete(hops);
        } catch (UnknownHostException e) {
            located.completeExceptionally(e);
        } catch (RuntimeException | Error e) {
            LOG.error("{}: the lookup broke", uri.withoutUser(), e);
            located.completeExceptionally(e);
        } finally {
            pending.remove(located);
        }
    }

    private void end(CompletableFuture<List<Hop>> located) {
        located.completeExceptionally(new UnknownHostException("the SIP user agent is closed"));
        pending.remove(located);
    }

    /** Ends all lookups at once, with an exception; afterwards nothing is looked up. */
    @Override
    public void close() {
        closed = true;
        pending.forEach(this::end);
        dns.close();
        system.close();
    }
}
