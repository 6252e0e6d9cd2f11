package dev.outdial.sip.dns;

import dev.outdial.sip.dns.DnsRecord.Address;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;
import org.xbill.DNS.hosts.HostsFileParser;

/**
 * The names that this host knows by itself, and its own way to look up others. <b>Threading:</b> any thread; blocks until the deadline
 * at most.
 */
final class SystemNames implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SystemNames.class);

    /** The system does not say how long its answers hold. */
    private static final long TTL_SECONDS = 30;

    private static final int MOST_THREADS = 4;
    private static final int MOST_WAITING = 256;

    private final HostsFileParser hosts;

    // The system's lookup cannot be interrupted and would take a carrier away from all virtual threads: platform
    // threads, which end when idle.
    private final ThreadPoolExecutor lookups;

    SystemNames(HostsFileParser hosts) {
        this.hosts = hosts;
        lookups = new ThreadPoolExecutor(
                MOST_THREADS, MOST_THREADS, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), task -> {
                    var thread = new Thread(task, "sip-system-names");
                    thread.setDaemon(true);
                    return thread;
                });
        lookups.allowCoreThreadTimeOut(true);
    }

    /** A name that no name server should be asked for: a single label, or one of multicast DNS (RFC 6762) or loopback (RFC 6761). */
    static boolean areOnlyTheSystems(String name) {
        return name.indexOf('.') < 0 || name.endsWith(".local") || name.endsWith(".localhost");
    }

    /** Whether the hosts file has an address for it, of any family. */
    boolean isInHostsFile(String name) {
        return !fromHostsFile(name).isEmpty();
    }

    /** The addresses of that family in the hosts file; {@link Answer.Nothing} where it has others. */
    Answer hostsFileAnswer(Question question) {
        return answer(fromHostsFile(question.name()), question);
    }

    /** Asks as any other program on this host does. */
    Answer ask(Question question, long waitNanos) {
        Future<InetAddress[]> lookup;
        try {
            lookup = lookups.submit(() -> InetAddress.getAllByName(question.name()));
        } catch (RejectedExecutionException e) {
            return new Answer.Failed(Answer.Failure.BROKEN, "too many names are being looked up");
        }
        try {
            return answer(List.of(lookup.get(waitNanos, TimeUnit.NANOSECONDS)), question);
        } catch (TimeoutException e) {
            lookup.cancel(true);
            return new Answer.Failed(Answer.Failure.SILENT, "no answer from the system's name service");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException) return new Answer.Nothing(false, 0);
            LOG.warn("the system's lookup of {} failed", question.name(), e.getCause());
            return new Answer.Failed(Answer.Failure.BROKEN, "the system's name service fails");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Failed(Answer.Failure.BROKEN, "the lookup was interrupted");
        }
    }

    /** Those of the family that was asked for. */
    static Answer answer(List<InetAddress> addresses, Question question) {
        List<DnsRecord> wanted = addresses.stream()
                .filter(address -> address instanceof Inet4Address == (question.type() == Question.Type.A))
                .<DnsRecord>map(Address::new)
                .toList();
        return wanted.isEmpty() ? new Answer.Nothing(true, TTL_SECONDS) : new Answer.Found(wanted, TTL_SECONDS);
    }

    private List<InetAddress> fromHostsFile(String name) {
        var addresses = new ArrayList<InetAddress>();
        try {
            Name absolute = Name.fromString(name, Name.root);
            hosts.getAddressForHost(absolute, Type.A).ifPresent(addresses::add);
            hosts.getAddressForHost(absolute, Type.AAAA).ifPresent(addresses::add);
        } catch (IOException e) {
            LOG.debug("the hosts file was not read: {}", e.toString());
        }
        return addresses;
    }

    /** Takes no more lookups. One that the system does not give back ends with the JVM at the latest. */
    @Override
    public void close() {
        lookups.shutdownNow();
    }
}
