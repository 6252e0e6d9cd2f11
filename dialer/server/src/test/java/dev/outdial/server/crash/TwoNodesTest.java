package dev.outdial.server.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.store.AttemptsTable;
import dev.outdial.server.store.NodesTable;
import dev.outdial.server.store.Store;
import dev.outdial.server.store.StoreSettings;
import dev.outdial.testbed.counting.CountingCallees;
import dev.outdial.testbed.counting.CountingOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two servers on one PostgreSQL and one trunk, under load: one is paused past its lease and goes on, then the other one is killed. Nobody
 * is called twice, both together keep the trunk's limits, and what the dead had up ends as unknown.
 */
@Tag("interop")
@Timeout(300)
class TwoNodesTest {
    private static final int CHANNELS = 16;
    private static final int CALLS_PER_SECOND = 20;
    private static final int REQUESTS_PER_SECOND = 50;
    private static final int CUSTOMERS = 12;
    private static final int CALLS = 220;
    private static final Duration RING = Duration.ofMillis(200);
    private static final Duration TALK = Duration.ofMillis(800);
    private static final Duration LEASE = Duration.ofSeconds(3);
    /** What passes between a permit and the trunk's seeing the INVITE, on a busy machine. */
    private static final Duration ON_THE_WAY = Duration.ofMillis(200);

    private static final Duration LONGEST_STEP = Duration.ofSeconds(90);

    /**
     * Who dialled what, as the store has it.
     *
     * @param nodeBySipCall which node, by Call-ID
     * @param lastPermit when a node had its last one
     */
    private record Dialled(Map<String, String> nodeBySipCall, List<Instant> permits, Map<String, Instant> lastPermit) {}

    @Test
    void whatOneNodeLeavesTheOtherOneDialsAndNobodyIsCalledTwice(@TempDir Path folder) throws Exception {
        try (EmbeddedPostgres postgres = postgres();
                CountingCallees callees =
                        CountingCallees.open(InetAddress.getLoopbackAddress(), CountingOptions.SILENT, 1);
                WatchedTrunk trunk = WatchedTrunk.start(callees, RING, TALK);
                ServerProcess one = ServerProcess.in(folder.resolve("one"), wanted(trunk.port(), url(postgres)));
                ServerProcess two = one.beside(folder.resolve("two"));
                Store store = Store.open(new StoreSettings(url(postgres), "postgres", ""));
                Customers customers = new Customers(List.of(one, two), CUSTOMERS, REQUESTS_PER_SECOND)) {
            try {
                one.start();
                String first = alive(store).iterator().next();
                two.start();
                String second = other(store, first);
                customers.start();
                Thread.sleep(2_000);
                until("the second has calls", () -> isOnTheLine(trunk, store, second));

                long pausedNanos = System.nanoTime();
                two.pause();
                until("the paused one is taken for dead", () -> !alive(store).contains(second));
                Duration untilDead = Duration.ofNanos(System.nanoTime() - pausedNanos);
                Thread.sleep(500);
                long wokenNanos = System.nanoTime();
                Instant woken = Instant.now();
                two.resume();
                until("it says what happened", () -> two.says("silent for longer than its lease"));
                until("it has entered anew", () -> alive(store).size() == 2);
                String secondAgain = other(store, first);
                until(
                        "enough is accepted, and both have calls",
                        () -> customers.callIdByNumber().size() >= CALLS
                                && isOnTheLine(trunk, store, secondAgain)
                                && isOnTheLine(trunk, store, first));

                long killedNanos = System.nanoTime();
                one.kill();
                customers.ask(two);
                customers.stop();
                until("all are over", customers::areAllOver);

                Dialled dialled = dialled(store, customers);
                var outcomes = outcomes(customers, trunk, dialled, Set.of(first, second));
                System.out.println(customers.callIdByNumber().size() + " calls " + tally(outcomes) + ", "
                        + customers.again() + " requests made again, taken for dead after " + untilDead.toMillis()
                        + " ms, " + trunk.mostAtOnce() + " at once, " + CALLS_PER_SECOND + " and one more in "
                        + trunk.shortestFor(CALLS_PER_SECOND).toMillis() + " ms");
                assertThat(customers.refusals()).isEmpty();
                assertThat(customers.callIdByNumber()).hasSizeGreaterThanOrEqualTo(CALLS);
                assertThat(customers.callIdByNumber().keySet()).containsAll(trunk.numbers());
                assertUnknown(trunk.upAt(pausedNanos, ON_THE_WAY), second, dialled, outcomes);
                assertUnknown(trunk.upAt(killedNanos, ON_THE_WAY), first, dialled, outcomes);
                // What was permitted before the pause and stood right before the socket leaves after it; it is over as
                // unknown, as all that was permitted, so that nobody else dials it.
                assertThat(trunk.invites().stream()
                                .filter(invite -> invite.atNanos() - wokenNanos > 0)
                                .filter(invite ->
                                        second.equals(dialled.nodeBySipCall().get(invite.sipCallId())))
                                .map(invite -> outcomes.get(invite.number())))
                        .as("INVITEs under a lease that was lost")
                        .hasSizeLessThanOrEqualTo(2)
                        .allMatch("unknown"::equals);
                assertThat(dialled.lastPermit().get(second))
                        .as("no permit under a lease that was lost")
                        .isBefore(woken);
                assertThat(dialled.nodeBySipCall().values()).contains(first, second, secondAgain);
                assertLimits(trunk, dialled);
            } catch (IOException | AssertionError failed) {
                System.out.println(one.lastWords() + "\n\nthe other one:\n" + two.lastWords());
                throw failed;
            }
        }
    }

    private static ServerProcess.Wanted wanted(int trunkPort, String url) {
        return new ServerProcess.Wanted(
                trunkPort,
                CHANNELS,
                CALLS_PER_SECOND,
                Map.of(
                        "OUTDIAL_STORE_URL",
                        url,
                        "OUTDIAL_STORE_USER",
                        "postgres",
                        "OUTDIAL_STORE_LEASE",
                        LEASE.toSeconds() + "s"));
    }

    private static EmbeddedPostgres postgres() {
        try {
            return EmbeddedPostgres.start();
        } catch (IOException | RuntimeException cannot) {
            return abort("PostgreSQL does not start here: " + cannot);
        }
    }

    private static String url(EmbeddedPostgres postgres) {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    private static Set<String> alive(Store store) {
        Set<String> ids = new HashSet<>();
        List<NodesTable.Node> alive = store.read(tables -> tables.nodes().alive());
        alive.forEach(node -> ids.add(node.id()));
        return ids;
    }

    private static String other(Store store, String first) {
        Set<String> ids = alive(store);
        assertThat(ids).hasSize(2).contains(first);
        return ids.stream().filter(id -> !id.equals(first)).findFirst().orElseThrow();
    }

    private static boolean isOnTheLine(WatchedTrunk trunk, Store store, String node) {
        return trunk.upAt(System.nanoTime(), ON_THE_WAY).stream()
                .map(invite -> store.<Optional<AttemptsTable.Row>>read(
                        tables -> tables.attempts().find(invite.sipCallId())))
                .anyMatch(attempt ->
                        attempt.filter(one -> one.node().equals(node)).isPresent());
    }

    private static void until(String what, Callable<Boolean> happened) throws Exception {
        Instant latest = Instant.now().plus(LONGEST_STEP);
        while (!happened.call()) {
            assertThat(Instant.now()).as(what).isBefore(latest);
            Thread.sleep(100);
        }
    }

    private static Dialled dialled(Store store, Customers customers) {
        var nodes = new HashMap<String, String>();
        var permits = new ArrayList<Instant>();
        var lasts = new HashMap<String, Instant>();
        for (String call : customers.callIdByNumber().values()) {
            List<AttemptsTable.Row> attempts =
                    store.read(tables -> tables.attempts().ofRequest(call));
            for (AttemptsTable.Row attempt : attempts) {
                nodes.put(attempt.callId(), attempt.node());
                permits.add(attempt.at());
                lasts.merge(attempt.node(), attempt.at(), (one, other) -> one.isAfter(other) ? one : other);
            }
        }
        permits.sort(Instant::compareTo);
        return new Dialled(nodes, permits, lasts);
    }

    /** Each call's outcome, by number; and that everybody was called once, but who was on the way with one of the dead. */
    private static Map<String, String> outcomes(
            Customers customers, WatchedTrunk trunk, Dialled dialled, Set<String> dead) throws Exception {
        var outcomes = new TreeMap<String, String>();
        var troubles = new ArrayList<String>();
        for (var accepted : customers.callIdByNumber().entrySet()) {
            JsonNode call = customers.get("/api/v1/calls/" + accepted.getValue());
            String outcome = call.path("outcome").asText();
            outcomes.put(accepted.getKey(), outcome);
            int invites = trunk.invites(accepted.getKey()).size();
            boolean isOfTheDead = dead.contains(dialled.nodeBySipCall()
                    .getOrDefault(call.path("sip_call_id").asText(), ""));
            if (invites > 1) troubles.add(accepted + " was called " + invites + " times");
            if (invites == 0 && !outcome.equals("unknown")) troubles.add(accepted + " was never called: " + call);
            if (!outcome.equals("completed") && !(outcome.equals("unknown") && isOfTheDead)) {
                troubles.add(accepted + " is " + outcome + ": " + call);
            }
        }
        assertThat(troubles).isEmpty();
        return outcomes;
    }

    private static Map<String, Integer> tally(Map<String, String> outcomes) {
        var counts = new TreeMap<String, Integer>();
        outcomes.values().forEach(outcome -> counts.merge(outcome, 1, Integer::sum));
        return counts;
    }

    /** Who was on the line with that node. */
    private static void assertUnknown(
            List<WatchedTrunk.Invite> up, String node, Dialled dialled, Map<String, String> outcomes) {
        List<WatchedTrunk.Invite> its = up.stream()
                .filter(invite -> node.equals(dialled.nodeBySipCall().get(invite.sipCallId())))
                .toList();
        assertThat(its).isNotEmpty();
        assertThat(its)
                .allSatisfy(invite -> assertThat(outcomes.get(invite.number())).isEqualTo("unknown"));
    }

    private static void assertLimits(WatchedTrunk trunk, Dialled dialled) {
        assertThat(trunk.mostAtOnce()).as("channels").isLessThanOrEqualTo(CHANNELS);
        assertThat(trunk.shortestFor(CALLS_PER_SECOND))
                .isGreaterThan(Duration.ofSeconds(1).minus(ON_THE_WAY));
        // A permit that is asked for a little late has the slot that began before.
        Duration slot = Duration.ofSeconds(1).dividedBy(CALLS_PER_SECOND);
        List<Instant> permits = dialled.permits();
        for (int i = CALLS_PER_SECOND; i < permits.size(); i++) {
            assertThat(Duration.between(permits.get(i - CALLS_PER_SECOND), permits.get(i)))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(1).minus(slot));
        }
    }
}
