package dev.outdial.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.outdial.testbed.counting.CountingCallees;
import dev.outdial.testbed.counting.CountingOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A campaign of a thousand numbers, and a server that is killed in the middle of it, twice: nobody is called twice, its pace holds, and its
 * result has every number.
 */
@Tag("interop")
@Timeout(180)
class CampaignCrashTest {
    private static final int NUMBERS = 1_000;
    private static final int AT_ONCE = 30;
    private static final int PER_SECOND = 50;
    private static final Duration RING = Duration.ofMillis(50);
    private static final Duration TALK = Duration.ofMillis(150);
    private static final Duration UNTIL_IT_IS_OVER = Duration.ofSeconds(120);
    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void noNumberIsDialledTwiceAndTheResultIsComplete(@TempDir Path folder) throws Exception {
        try (CountingCallees callees =
                        CountingCallees.open(InetAddress.getLoopbackAddress(), CountingOptions.SILENT, 1);
                WatchedTrunk trunk = WatchedTrunk.start(callees, RING, TALK);
                ServerProcess server =
                        ServerProcess.in(folder, new ServerProcess.Wanted(trunk.port(), 0, 0, Map.of()))) {
            server.start();
            try {
                run(server, trunk);
            } catch (IOException | AssertionError failed) {
                System.out.println(server.lastWords());
                throw failed;
            }
        }
    }

    private void run(ServerProcess server, WatchedTrunk trunk) throws Exception {
        Instant start = Instant.now();
        String id = uploaded(server).path("id").asText();
        Duration accepted = Duration.between(start, Instant.now());
        for (int dialled : List.of(NUMBERS / 3, NUMBERS * 2 / 3)) {
            until("enough are dialled", () -> trunk.invites().size() >= dialled);
            server.kill();
            server.start();
        }
        until(
                "it is over",
                () -> asked(server, "/api/v1/campaigns/" + id)
                        .path("status")
                        .asText()
                        .equals("ended"));
        Duration all = Duration.between(start, Instant.now());

        JsonNode counts = asked(server, "/api/v1/campaigns/" + id).path("counts");
        Map<String, String> outcomes = outcomes(text(server, "/api/v1/campaigns/" + id + "/result"));
        System.out.println(NUMBERS + " numbers accepted in " + accepted.toMillis() + " ms, over after "
                + all.toMillis() + " ms with two kills: " + counts + ", " + trunk.mostAtOnce() + " at once, "
                + PER_SECOND + " and one more in "
                + trunk.shortestFor(PER_SECOND).toMillis() + " ms");
        assertThat(outcomes).hasSize(NUMBERS);
        var troubles = new ArrayList<String>();
        outcomes.forEach((number, outcome) -> {
            int invites = trunk.invites(number).size();
            if (invites > 1) troubles.add(number + " was called " + invites + " times");
            if (invites == 0 && !outcome.equals("unknown")) troubles.add(number + " was never called: " + outcome);
            if (!outcome.equals("completed") && !outcome.equals("unknown")) troubles.add(number + " is " + outcome);
        });
        assertThat(troubles).isEmpty();
        long unknown = outcomes.values().stream().filter("unknown"::equals).count();
        // What was up or had its permit when it was killed, and no more.
        assertThat(unknown).isBetween(1L, 2L * AT_ONCE);
        assertThat(counts.path("over").asInt()).isEqualTo(NUMBERS);
        assertThat(counts.path("outcomes").path("unknown").asLong()).isEqualTo(unknown);
        assertThat(trunk.shortestFor(PER_SECOND)).isGreaterThan(Duration.ofMillis(800));
    }

    private JsonNode uploaded(ServerProcess server) throws Exception {
        String table = IntStream.rangeClosed(1, NUMBERS)
                .mapToObj(i -> number(i) + ",customer " + i)
                .collect(Collectors.joining("\n", "number,name\n", "\n"));
        var answer = http.send(
                server.request(
                                "/api/v1/campaigns?name=crash&max_duration=2&at_once=" + AT_ONCE + "&per_second="
                                        + PER_SECOND
                                        + "&say=This%20takes%20longer%20than%20the%20two%20seconds%20that%20each%20call%20may%20last.")
                        .timeout(Duration.ofSeconds(60))
                        .setHeader("Content-Type", "text/csv")
                        .POST(BodyPublishers.ofString(table))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return MAPPER.readTree(answer.body());
    }

    private static String number(int i) {
        return "+49302" + String.format("%07d", i);
    }

    private JsonNode asked(ServerProcess server, String path) throws Exception {
        return MAPPER.readTree(text(server, path));
    }

    private String text(ServerProcess server, String path) throws Exception {
        var answer = http.send(server.request(path).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** The outcome of each number; that each has one row, in order, is seen to. */
    private static Map<String, String> outcomes(String result) {
        var outcomes = new TreeMap<String, String>();
        List<String> lines = result.lines().toList();
        assertThat(lines.getFirst())
                .isEqualTo("row,number,outcome,sip_code,attempts,talk,digits,recordings,call_id,name");
        for (int i = 1; i < lines.size(); i++) {
            String[] cells = lines.get(i).split(",", -1);
            assertThat(cells[0]).isEqualTo(Integer.toString(i));
            assertThat(cells[9]).isEqualTo("customer " + i);
            assertThat(cells[1]).isEqualTo(number(i));
            outcomes.put(cells[1], cells[2]);
        }
        return outcomes;
    }

    private interface Look {
        boolean sees() throws Exception;
    }

    private static void until(String what, Look look) throws Exception {
        Instant latest = Instant.now().plus(UNTIL_IT_IS_OVER);
        while (!look.sees()) {
            assertThat(Instant.now()).as(what).isBefore(latest);
            Thread.sleep(50); // another process' doing
        }
    }
}
