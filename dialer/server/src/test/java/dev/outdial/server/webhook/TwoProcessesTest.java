package dev.outdial.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.outdial.server.calls.CallEventRecord;
import dev.outdial.server.calls.NewWebhook;
import dev.outdial.server.store.OutboxRow;
import dev.outdial.server.store.Store;
import dev.outdial.server.store.StoreSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two servers that deliver from one PostgreSQL, each with a store of its own. */
@Timeout(120)
class TwoProcessesTest {
    private static final int CALLS = 40;
    private static final int EVENTS = 5;

    @Test
    @Tag("slow")
    void twoServersShareTheWorkAndKeepTheOrderOfEachCall() throws Exception {
        try (EmbeddedPostgres postgres = postgres();
                WebhookReceiver receiver = WebhookReceiver.start()) {
            var settings = new StoreSettings(postgres.getJdbcUrl("postgres", "postgres"), "postgres", "");
            try (Store one = Store.open(settings);
                    Store other = Store.open(settings);
                    var first = WebhookDelivery.start(one, WebhookSettings.DEFAULT.toAnywhere());
                    var second = WebhookDelivery.start(other, WebhookSettings.DEFAULT.toAnywhere())) {
                String secret = first.service()
                        .create("acme", new NewWebhook(receiver.url("/"), List.of(), true), Optional.empty())
                        .item()
                        .secret()
                        .orElseThrow()
                        .value();
                second.nudge();
                for (int seq = 1; seq <= EVENTS; seq++) {
                    for (int call = 0; call < CALLS; call++) tell(one, call, seq);
                }

                Instant end = Instant.now().plus(Duration.ofSeconds(60));
                while (one.<Long>read(tables -> tables.outbox().count(OutboxRow.State.DELIVERED)) < CALLS * EVENTS) {
                    assertThat(Instant.now()).isBefore(end);
                    Thread.sleep(20);
                }
                assertThat(receiver.deliveries()).hasSize(CALLS * EVENTS);
                assertThat(receiver.deliveries()).allMatch(delivery -> delivery.isSignedWith(secret));
                Map<String, Integer> last = new HashMap<>();
                for (var delivery : receiver.deliveries()) {
                    String[] id = delivery.id().split("-");
                    int seq = Integer.parseInt(id[1]);
                    assertThat(seq).isEqualTo(last.getOrDefault(id[0], 0) + 1);
                    last.put(id[0], seq);
                }
            }
        }
    }

    private static EmbeddedPostgres postgres() {
        try {
            return EmbeddedPostgres.start();
        } catch (IOException | RuntimeException cannot) {
            return abort("PostgreSQL does not start here: " + cannot);
        }
    }

    /** Events of calls that are nowhere else: what is delivered is the outbox's alone. */
    private static void tell(Store store, int call, int seq) {
        var event = new CallEventRecord(
                0, call + "-" + seq, "acme", "call.t" + seq, Instant.now(), seq, "call" + call, "{}");
        store.durably(tables -> {
            new Outbox().add(tables, event, Optional.empty());
            return true;
        });
    }
}
