package dev.outdial.testbed.dns;

import dev.outdial.testbed.dns.Reply.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A name server on a loopback port, UDP and TCP, for tests. It answers for everything: what it was not told does not exist.
 *
 * <pre>{@code
 * try (var dns = DnsServer.open()) {
 *     dns.srv("_sip._udp.example.test", 60, 10, 5, 5060, "a.example.test").a("a.example.test", 60, "127.0.0.1");
 *     ...
 *     assertThat(dns.queryCount("a.example.test", RecordType.A)).isEqualTo(1);
 * }
 * }</pre>
 *
 * <p><b>Threading:</b> any thread; everything may be changed while it runs.
 */
public final class DnsServer implements AutoCloseable {
    private static final int ANY_TYPE = 255;

    private final Zone zone = new Zone();
    private final Map<Question, Manner> manners = new ConcurrentHashMap<>();
    private final Map<Question, AtomicInteger> counts = new ConcurrentHashMap<>();
    private final AtomicInteger streamCount = new AtomicInteger();
    private final DnsServerSockets sockets;

    private DnsServer() {
        sockets = DnsServerSockets.open(this::answer);
    }

    /** A server that knows nothing yet. */
    public static DnsServer open() {
        return new DnsServer();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return sockets.address();
    }

    /** An IPv4 address of a name. */
    public DnsServer a(String name, int ttlSeconds, String address) {
        return add(name, RecordType.A, ttlSeconds, bytes(address, 4));
    }

    /** An IPv6 address of a name. */
    public DnsServer aaaa(String name, int ttlSeconds, String address) {
        return add(name, RecordType.AAAA, ttlSeconds, bytes(address, 16));
    }

    /** A name that stands for another one. */
    public DnsServer cname(String name, int ttlSeconds, String target) {
        return add(name, RecordType.CNAME, ttlSeconds, Reply.written(out -> Reply.writeName(target, out)));
    }

    /** A server of a service; the target {@code "."} says that there is none. */
    public DnsServer srv(String name, int ttlSeconds, int priority, int weight, int port, String target) {
        return add(name, RecordType.SRV, ttlSeconds, Reply.written(out -> {
            out.writeShort(priority);
            out.writeShort(weight);
            out.writeShort(port);
            Reply.writeName(target, out);
        }));
    }

    /** A service of a domain, with an empty regular expression. */
    public DnsServer naptr(
            String name, int ttlSeconds, int order, int preference, String flags, String service, String replacement) {
        return add(name, RecordType.NAPTR, ttlSeconds, Reply.written(out -> {
            out.writeShort(order);
            out.writeShort(preference);
            Reply.writeText(flags, out);
            Reply.writeText(service, out);
            Reply.writeText("", out);
            Reply.writeName(replacement, out);
        }));
    }

    /** Negative answers say that they hold that long (RFC 2308); without this they do not say. */
    public DnsServer negativeTtl(int seconds) {
        zone.negativeTtl(seconds);
        return this;
    }

    /** Forgets all records of a name. */
    public DnsServer remove(String name) {
        zone.remove(name);
        return this;
    }

    /** From now on, questions for that name are answered in that manner; {@code "*"} stands for all that have none of their own. */
    public DnsServer answering(String name, Manner manner) {
        manners.put(Question.of(name, ANY_TYPE), manner);
        return this;
    }

    /** The same for questions of one type, which counts before what is said for all types. */
    public DnsServer answering(String name, RecordType type, Manner manner) {
        manners.put(Question.of(name, type.number()), manner);
        return this;
    }

    /** How often it was asked for that, over UDP and TCP. */
    public int queryCount(String name, RecordType type) {
        var count = counts.get(Question.of(name, type.number()));
        return count == null ? 0 : count.get();
    }

    /** How many questions it was asked in all. */
    public int queryCount() {
        return counts.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /** How many questions came over TCP. */
    public int streamQueryCount() {
        return streamCount.get();
    }

    private DnsServer add(String name, RecordType type, int ttlSeconds, byte[] data) {
        zone.add(new Entry(name, type, ttlSeconds, data));
        return this;
    }

    private Optional<DnsServerSockets.Outgoing> answer(byte[] message, boolean stream) {
        return Query.read(message).flatMap(query -> {
            counts.computeIfAbsent(query.question(), question -> new AtomicInteger())
                    .incrementAndGet();
            if (stream) streamCount.incrementAndGet();
            return answer(query, manner(query.question()), stream);
        });
    }

    private Manner manner(Question question) {
        var all = manners.getOrDefault(Question.of("*", ANY_TYPE), new Manner.Normal());
        var ofName = manners.getOrDefault(Question.of(question.name(), ANY_TYPE), all);
        return manners.getOrDefault(question, ofName);
    }

    private Optional<DnsServerSockets.Outgoing> answer(Query query, Manner manner, boolean stream) {
        return switch (manner) {
            case Manner.Normal normal -> now(zone.answer(query));
            case Manner.ServerFailure failure -> now(Reply.of(query, Reply.SERVER_FAILURE, List.of(), List.of()));
            case Manner.Refusal refusal -> now(Reply.of(query, Reply.REFUSED, List.of(), List.of()));
            case Manner.Silence silence -> Optional.empty();
            case Manner.Delay delay ->
                Optional.of(new DnsServerSockets.Outgoing(List.of(zone.answer(query)), delay.by()));
            case Manner.Truncation truncation -> now(stream ? zone.answer(query) : Reply.truncated(query));
            case Manner.Garbage garbage -> now(garbled(query));
            case Manner.WrongIdFirst wrongId -> {
                byte[] right = zone.answer(query);
                byte[] wrong = right.clone();
                wrong[0] ^= 0x55;
                yield Optional.of(new DnsServerSockets.Outgoing(List.of(wrong, right), Duration.ZERO));
            }
        };
    }

    private static Optional<DnsServerSockets.Outgoing> now(byte[] answer) {
        return Optional.of(new DnsServerSockets.Outgoing(List.of(answer), Duration.ZERO));
    }

    // The header says that records follow, and what follows points at itself.
    private static byte[] garbled(Query query) {
        byte[] answer = Reply.of(
                query,
                Reply.NO_ERROR,
                List.of(new Entry("x", RecordType.A, 1, new byte[] {(byte) 0xc0, 12, (byte) 0xff})),
                List.of());
        for (int i = 12; i < answer.length; i++) answer[i] = (byte) (i % 2 == 0 ? 0xc0 : i - 1);
        return answer;
    }

    private static byte[] bytes(String address, int length) {
        if (!address.matches("[0-9A-Fa-f:.]+")) throw new IllegalArgumentException("'" + address + "' is no address");
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            if (bytes.length != length) throw new IllegalArgumentException("'" + address + "' is of another family");
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        sockets.close();
    }
}
