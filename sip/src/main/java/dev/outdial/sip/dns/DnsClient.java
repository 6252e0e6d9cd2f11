package dev.outdial.sip.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Asks name servers, each question at least twice, one server after the other. <b>Threading:</b> any thread; blocks until the deadline at most. */
final class DnsClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DnsClient.class);

    private static final int LEAST_TRIES = 2;
    private static final int MOST_TRIES = 4;
    private static final int MOST_AT_ONCE = 64;

    private static final Answer.Failed BROKEN =
            new Answer.Failed(Answer.Failure.BROKEN, "the name server's answer makes no sense");

    private final NameServers servers;
    private final LongSupplier clock;
    private final DnsSockets sockets = new DnsSockets();
    private final Semaphore slots = new Semaphore(MOST_AT_ONCE);
    private volatile int preferred;

    DnsClient(NameServers servers, LongSupplier clock) {
        this.servers = servers;
        this.clock = clock;
    }

    Answer ask(Question question, long deadlineNanos) {
        int type = type(question.type());
        Name name;
        try {
            name = Name.fromString(question.name(), Name.root);
        } catch (TextParseException e) {
            return new Answer.Nothing(false, 0);
        }
        long ttlSeconds = Long.MAX_VALUE;
        for (int i = 0; i <= MessageReading.MOST_ALIASES; i++) {
            switch (exchange(name, type, deadlineNanos)) {
                case MessageReading.Said said -> {
                    return shortened(said.answer(), ttlSeconds);
                }
                case MessageReading.Alias alias -> {
                    ttlSeconds = Math.min(ttlSeconds, alias.ttlSeconds());
                    name = alias.target();
                }
            }
        }
        return new Answer.Failed(Answer.Failure.BROKEN, "its aliases (CNAME) lead on without end");
    }

    private static Answer shortened(Answer answer, long ttlSeconds) {
        return answer instanceof Answer.Found found
                ? new Answer.Found(found.records(), Math.min(found.ttlSeconds(), ttlSeconds))
                : answer;
    }

    private MessageReading exchange(Name name, int type, long deadlineNanos) {
        List<InetSocketAddress> all = servers.current(clock.getAsLong());
        int tries = Math.min(MOST_TRIES, Math.max(LEAST_TRIES, all.size()));
        int first = preferred;
        var last = new Answer.Failed(Answer.Failure.SILENT, "no answer from the name server");
        for (int i = 0; i < tries; i++) {
            long leftNanos = deadlineNanos - clock.getAsLong();
            if (leftNanos <= 0) break;
            int index = (first + i) % all.size();
            long tryNanos = leftNanos / (tries - i);
            Attempt attempt = attempt(all.get(index), name, type, tryNanos);
            if (attempt.reading().isPresent()) {
                preferred = index;
                return attempt.reading().get();
            }
            last = attempt.failed();
        }
        return new MessageReading.Said(last);
    }

    /**
     * One try.
     *
     * @param failed what counts where there is no reading
     */
    private record Attempt(Optional<MessageReading> reading, Answer.Failed failed) {}

    private Attempt attempt(InetSocketAddress server, Name name, int type, long timeoutNanos) {
        try {
            if (!slots.tryAcquire(timeoutNanos, TimeUnit.NANOSECONDS))
                return failed(Answer.Failure.BROKEN, "too many names are being looked up");
            try {
                MessageReading reading = MessageReading.of(send(server, name, type, timeoutNanos), name, type);
                // Another server may know better than one that says that it cannot tell.
                return reading instanceof MessageReading.Said said && said.answer() instanceof Answer.Failed broken
                        ? new Attempt(Optional.empty(), broken)
                        : new Attempt(Optional.of(reading), BROKEN);
            } finally {
                slots.release();
            }
        } catch (SocketTimeoutException e) {
            return failed(Answer.Failure.SILENT, "no answer from the name server");
        } catch (PortUnreachableException e) {
            return failed(
                    Answer.Failure.UNREACHABLE, "nothing listens at the name server " + NameServers.shown(server));
        } catch (SocketException e) {
            String why = "the name server " + NameServers.shown(server) + " cannot be reached: " + e.getMessage();
            return failed(Answer.Failure.UNREACHABLE, why);
        } catch (IOException | RuntimeException e) {
            LOG.debug("dns server={} {}: {}", NameServers.shown(server), name, e.toString());
            return new Attempt(Optional.empty(), BROKEN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(Answer.Failure.BROKEN, "the lookup was interrupted");
        }
    }

    private static Attempt failed(Answer.Failure failure, String why) {
        return new Attempt(Optional.empty(), new Answer.Failed(failure, why));
    }

    private Message send(InetSocketAddress server, Name name, int type, long timeoutNanos) throws IOException {
        var resolver = new SimpleResolver(server);
        resolver.setIoClientFactory(sockets);
        resolver.setTimeout(Duration.ofNanos(timeoutNanos));
        Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
        try {
            // On this thread: our sockets wait, and nothing is left for an executor.
            return resolver.sendAsync(query, Runnable::run)
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException cause) throw cause;
            throw e;
        }
    }

    private static int type(Question.Type type) {
        return switch (type) {
            case A -> Type.A;
            case AAAA -> Type.AAAA;
            case SRV -> Type.SRV;
            case NAPTR -> Type.NAPTR;
        };
    }

    /** Ends all that wait. */
    @Override
    public void close() {
        sockets.close();
    }
}
