package dev.outdial.sip.dns;

import dev.outdial.sip.dns.Question.Type;
import dev.outdial.sip.message.NextHop;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks names up where they belong: in the hosts file, with the system, with name servers. Remembers answers, and asks each question once
 * however many wait for it. <b>Threading:</b> any thread; blocks until the deadline at most.
 */
final class Lookups implements Directory {
    private static final Logger LOG = LoggerFactory.getLogger(Lookups.class);

    /** How long the second family of addresses may be late once the first is there. */
    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final DnsClient dns;
    private final SystemNames system;
    private final boolean fallsBackToSystem;
    private final Set<Type> families;
    private final LongSupplier clock;
    private final AnswerCache cache = new AnswerCache();
    private final Map<Question, CompletableFuture<Answer>> running = new ConcurrentHashMap<>();

    /**
     * What it looks in.
     *
     * @param fallsBackToSystem whether the system is asked for addresses where no name server answers
     * @param families {@code A}, {@code AAAA} or both: which addresses are of use
     */
    Lookups(DnsClient dns, SystemNames system, boolean fallsBackToSystem, Set<Type> families, LongSupplier clock) {
        this.dns = dns;
        this.system = system;
        this.fallsBackToSystem = fallsBackToSystem;
        this.families = Set.copyOf(families);
        this.clock = clock;
    }

    @Override
    public boolean isLocal(String name) {
        return SystemNames.areOnlyTheSystems(name) || system.isInHostsFile(name);
    }

    @Override
    public List<Answer> ask(List<Question> questions, long deadlineNanos) {
        var pending = questions.stream()
                .map(question -> begin(question, deadlineNanos))
                .toList();
        return pending.stream().map(answer -> await(answer, deadlineNanos)).toList();
    }

    @Override
    public List<Answer> addresses(List<String> names, long deadlineNanos) {
        record Pair(CompletableFuture<Answer> ipv4, CompletableFuture<Answer> ipv6) {}
        var pending = names.stream()
                .map(name -> new Pair(begin(name, Type.A, deadlineNanos), begin(name, Type.AAAA, deadlineNanos)))
                .toList();
        return pending.stream()
                .map(pair -> {
                    Answer ipv4 = await(pair.ipv4(), deadlineNanos);
                    long graceNanos = clock.getAsLong() + GRACE_NANOS;
                    boolean enough = ipv4 instanceof Answer.Found && graceNanos - deadlineNanos < 0;
                    return both(ipv4, await(pair.ipv6(), enough ? graceNanos : deadlineNanos));
                })
                .toList();
    }

    private CompletableFuture<Answer> begin(String name, Type family, long deadlineNanos) {
        return families.contains(family)
                ? begin(new Question(name, family), deadlineNanos)
                : CompletableFuture.completedFuture(new Answer.Nothing(true, 0));
    }

    // A name without addresses of one family is not without addresses; one that failed may have some.
    private static Answer both(Answer ipv4, Answer ipv6) {
        var records = new ArrayList<DnsRecord>();
        if (ipv4 instanceof Answer.Found found) records.addAll(found.records());
        if (ipv6 instanceof Answer.Found found) records.addAll(found.records());
        if (!records.isEmpty()) return new Answer.Found(records, 0);
        if (ipv4 instanceof Answer.Nothing nothing && !nothing.nameExists()) return ipv4;
        if (ipv6 instanceof Answer.Nothing nothing && !nothing.nameExists()) return ipv6;
        return ipv4 instanceof Answer.Failed ? ipv4 : ipv6;
    }

    private CompletableFuture<Answer> begin(Question question, long deadlineNanos) {
        Optional<Answer> known = cache.fresh(question, clock.getAsLong());
        if (known.isPresent()) return CompletableFuture.completedFuture(known.get());
        var mine = new CompletableFuture<Answer>();
        CompletableFuture<Answer> others = running.putIfAbsent(question, mine);
        if (others != null) return others;
        Thread.ofVirtual().name("sip-dns").start(() -> lookUp(question, deadlineNanos, mine));
        return mine;
    }

    private void lookUp(Question question, long deadlineNanos, CompletableFuture<Answer> asked) {
        Answer answer = new Answer.Failed(Answer.Failure.BROKEN, "the lookup broke");
        try {
            // Who waits must still be there when the last try ends: it may end with an answer from before.
            long lastNanos = deadlineNanos - (deadlineNanos - clock.getAsLong()) / 10;
            // Whoever asked before may have been done between our look at what is known and our turn.
            answer = cache.fresh(question, clock.getAsLong()).orElseGet(() -> learnt(question, lastNanos));
        } catch (RuntimeException e) {
            LOG.error("dns {}: the lookup broke", question, e);
        } finally {
            running.remove(question);
            asked.complete(answer);
        }
    }

    private Answer learnt(Question question, long deadlineNanos) {
        Answer fresh = answer(question, deadlineNanos);
        Answer usable = cache.learn(question, fresh, clock.getAsLong());
        if (fresh instanceof Answer.Failed failed && usable instanceof Answer.Found) {
            LOG.warn("dns {}: {}; its last answer is used, though its time is over", question, failed.why());
        } else {
            LOG.debug("dns {}: {}", question, fresh);
        }
        return usable;
    }

    private Answer answer(Question question, long deadlineNanos) {
        String name = question.name();
        // Not allowed as the target of an SRV record, and seen there.
        Optional<InetAddress> literal = NextHop.literal(name);
        if (literal.isPresent()) return SystemNames.answer(List.of(literal.get()), question);
        // RFC 6761 section 6.4: there is no such name, and nobody needs to be asked.
        if (name.equals("invalid") || name.endsWith(".invalid")) return new Answer.Nothing(false, 0);
        if (!question.isForAddresses()) return dns.ask(question, deadlineNanos);
        if (system.isInHostsFile(name)) return system.hostsFileAnswer(question);
        long nowNanos = clock.getAsLong();
        if (SystemNames.areOnlyTheSystems(name)) return system.ask(question, deadlineNanos - nowNanos);
        if (!fallsBackToSystem) return dns.ask(question, deadlineNanos);
        Answer answer = dns.ask(question, nowNanos + (deadlineNanos - nowNanos) / 2);
        boolean nobodyThere = answer instanceof Answer.Failed failed && failed.failure() != Answer.Failure.BROKEN;
        return nobodyThere ? system.ask(question, deadlineNanos - clock.getAsLong()) : answer;
    }

    private Answer await(CompletableFuture<Answer> answer, long deadlineNanos) {
        try {
            return answer.get(Math.max(0, deadlineNanos - clock.getAsLong()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new Answer.Failed(Answer.Failure.SILENT, "no answer from the name server");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Failed(Answer.Failure.BROKEN, "the lookup was interrupted");
        }
    }
}
