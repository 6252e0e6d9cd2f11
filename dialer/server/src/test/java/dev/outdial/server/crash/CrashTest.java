package dev.outdial.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.outdial.server.store.StoreFile;
import dev.outdial.server.webhook.WebhookReceiver;
import dev.outdial.testbed.counting.CountingCallees;
import dev.outdial.testbed.counting.CountingOptions;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server under load is killed at random moments and started again. What the trunk, the receiver of webhooks and those who wanted calls
 * saw is compared: nothing accepted is lost, nobody is called twice, and every event is told, in order and signed.
 *
 * <p>20 times with the interop tests and 200 times with the slow ones, which take a quarter of an hour; {@code -Doutdial.kills=...} for
 * another number, {@code -Doutdial.seed=...} to see the same moments again.
 */
class CrashTest {
    private static final int KILLS = Integer.getInteger("outdial.kills", 20);
    private static final int MANY_KILLS = Integer.getInteger("outdial.kills", 200);
    private static final int TERMINATIONS = Integer.getInteger("outdial.terminations", 5);
    private static final int CUSTOMERS = 4;
    private static final int REQUESTS_PER_SECOND = 20;
    private static final Duration UNTIL_ALL_IS_OVER = Duration.ofSeconds(90);
    private static final JsonMapper MAPPER = new JsonMapper();

    private static final Duration RING = Duration.ofMillis(150);
    private static final Duration TALK = Duration.ofMillis(300);

    /** How the server is ended again and again. */
    private interface Ending {
        void end(ServerProcess server) throws InterruptedException;
    }

    @Test
    @Tag("interop")
    void nothingIsLostDoneTwiceOrToldWronglyByAServerThatIsKilled(@TempDir Path folder) throws Exception {
        run(folder, KILLS, 0, ServerProcess::kill, true);
    }

    @Test
    @Tag("slow")
    void nothingIsSoEitherWhereItIsKilledAgainAndAgain(@TempDir Path folder) throws Exception {
        run(folder, MANY_KILLS, 0, ServerProcess::kill, true);
    }

    @Test
    @Tag("interop")
    void aServerThatIsToldToEndLeavesNoCallUnknown(@TempDir Path folder) throws Exception {
        run(
                folder,
                TERMINATIONS,
                // So that some wait for their turn when it ends.
                REQUESTS_PER_SECOND / 2,
                server -> assertThat(server.terminate(Duration.ofSeconds(40))).isTrue(),
                false);
    }

    private void run(Path folder, int times, int callsPerSecond, Ending ending, boolean mayBeUnknown) throws Exception {
        long seed = Long.getLong("outdial.seed", new Random().nextLong());
        System.out.println("crash test: " + times + " times, -Doutdial.seed=" + seed);
        var random = new Random(seed);
        Duration slowestStart = Duration.ZERO;
        try (CountingCallees callees =
                        CountingCallees.open(InetAddress.getLoopbackAddress(), CountingOptions.SILENT, seed);
                WatchedTrunk trunk = WatchedTrunk.start(callees, RING, TALK, patient());
                WebhookReceiver receiver = WebhookReceiver.start();
                ServerProcess server =
                        ServerProcess.in(folder, new ServerProcess.Wanted(trunk.port(), 0, callsPerSecond, Map.of()))) {
            server.start();
            try (Customers customers = new Customers(List.of(server), CUSTOMERS, REQUESTS_PER_SECOND)) {
                // Before the first call: it is told nothing of what was before it.
                JsonNode webhook = customers.create(
                        "/api/v1/webhooks", MAPPER.createObjectNode().put("url", receiver.url("/events")));
                customers.start();
                for (int i = 0; i < times; i++) {
                    Thread.sleep(200 + random.nextInt(1500));
                    ending.end(server);
                    Duration start = server.start();
                    slowestStart = start.compareTo(slowestStart) > 0 ? start : slowestStart;
                }
                Thread.sleep(500);
                customers.stop();
                awaitTheEnd(customers, webhook.path("id").asText());
                judge(customers, trunk, receiver, webhook.path("secret").asText(), mayBeUnknown, times);
                awaitTheEndOfCalls(trunk, mayBeUnknown ? 3 + times / 10 : 0);
                System.out.println("slowest start " + slowestStart.toMillis() + " ms");
                server.kill();
                assertThat(StoreFile.complaints(
                                folder.resolve("outdial-data/outdial").toString()))
                        .as("what does not fit together in the store's file")
                        .isEmpty();
            } catch (IOException | AssertionError failed) {
                System.out.println(server.lastWords());
                throw failed;
            }
        }
    }

    /** Some callees do not hang up by themselves: whose call lasts too long, or is left behind, is told so by us or by nobody. */
    private static Map<String, Persona> patient() {
        var stays = Persona.of("answers and stays", new Step.Ring(), new Step.Wait(RING), new Step.Answer());
        return IntStream.rangeClosed(1, 1_000)
                .boxed()
                .collect(Collectors.toMap(i -> "+49302" + String.format("%07d", i * 5), i -> stays));
    }

    /**
     * Nobody is left in silence after the last start, for longer than calls may last here; but for those who were answered in the moment
     * before it was killed, between our ACK and the store.
     */
    private static void awaitTheEndOfCalls(WatchedTrunk trunk, int most) throws InterruptedException {
        Instant latest = Instant.now().plus(Duration.ofSeconds(20));
        List<String> up = up(trunk);
        while (!up.isEmpty() && Instant.now().isBefore(latest)) {
            Thread.sleep(200);
            up = up(trunk);
        }
        System.out.println("still up: " + up.size());
        assertThat(up).as("calls that are still up").hasSizeLessThanOrEqualTo(most);
    }

    private static List<String> up(WatchedTrunk trunk) {
        return trunk.calls().stream()
                .filter(call -> call.end().isEmpty() && call.glance().contains("> ACK"))
                .filter(call ->
                        !call.glance().contains("> BYE") && !call.glance().contains("< BYE"))
                .map(call -> call.number() + " " + call.glance())
                .toList();
    }

    /** Until every call is over and every event is told. */
    private static void awaitTheEnd(Customers customers, String webhook) throws Exception {
        Instant latest = Instant.now().plus(UNTIL_ALL_IS_OVER);
        List<String> left = List.of("everything");
        while (!left.isEmpty()) {
            assertThat(Instant.now())
                    .as("all should be over by now, but for %s", left)
                    .isBefore(latest);
            Thread.sleep(200);
            left = new ArrayList<>();
            for (String status : List.of("queued", "dialing", "ringing", "progressing", "terminating", "canceling")) {
                JsonNode calls = customers.get("/api/v1/calls?limit=1&status=" + status);
                if (!calls.path("items").isEmpty()) left.add(calls.path("items").toString());
            }
            JsonNode hook = customers.get("/api/v1/webhooks/" + webhook);
            if (hook.path("pending_count").asLong() > 0) left.add(hook.toString());
        }
    }

    private static void judge(
            Customers customers,
            WatchedTrunk trunk,
            WebhookReceiver receiver,
            String secret,
            boolean mayBeUnknown,
            int times)
            throws Exception {
        ToldEvents told = ToldEvents.of(receiver.deliveries(), secret);
        var outcomes = new TreeMap<String, Integer>();
        var troubles = new ArrayList<>(told.troubles());
        for (var accepted : customers.callIdByNumber().entrySet()) {
            JsonNode call = customers.get("/api/v1/calls/" + accepted.getValue());
            String outcome = call.path("outcome").asText();
            outcomes.merge(outcome, 1, Integer::sum);
            int invites = trunk.invites(accepted.getKey()).size();
            if (invites > 1) troubles.add(accepted + " was called " + invites + " times");
            if (!call.path("status").asText().equals("hangup")) troubles.add(accepted + " is not over: " + call);
            if (invites == 0 && !outcome.equals("unknown")) {
                troubles.add(accepted + " was never called: " + outcome);
            }
            if (outcome.equals("unknown") && !mayBeUnknown) troubles.add(accepted + " is unknown");
            List<String> events = new ArrayList<>();
            customers
                    .get("/api/v1/calls/" + accepted.getValue() + "/events")
                    .path("items")
                    .forEach(event -> events.add(event.path("id").asText()));
            if (!told.ofCall(accepted.getValue()).equals(events)) {
                troubles.add(accepted + " has events " + events + ", told were " + told.ofCall(accepted.getValue()));
            }
        }
        System.out.println(customers.callIdByNumber().size() + " calls " + outcomes + ", "
                + customers.again() + " requests made again, "
                + receiver.deliveries().size() + " webhooks, "
                + told.repeated() + " of them repeated");
        assertThat(troubles).isEmpty();
        assertThat(customers.refusals()).isEmpty();
        assertThat(customers.callIdByNumber()).hasSizeGreaterThan(5 * times);
        // Nobody was called who was not asked for.
        assertThat(customers.callIdByNumber().keySet()).containsAll(trunk.numbers());
    }
}
