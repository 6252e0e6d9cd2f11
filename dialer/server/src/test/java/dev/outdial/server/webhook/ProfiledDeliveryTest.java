package dev.outdial.server.webhook;

import static dev.outdial.server.webhook.WebhookDeliveryTest.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.server.calls.CallEventRecord;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.Callbacks;
import dev.outdial.server.calls.NewWebhook;
import dev.outdial.server.calls.Secret;
import dev.outdial.server.store.OutboxRow;
import dev.outdial.server.store.Store;
import dev.outdial.server.store.StoreSettings;
import dev.outdial.server.webhook.Profile.Manner;
import dev.outdial.server.webhook.Profile.Message;
import dev.outdial.server.webhook.WebhookReceiver.Delivery;
import dev.outdial.server.webhook.WebhookReceiver.Reply;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What profiles render goes out as they say, over real HTTP. */
class ProfiledDeliveryTest {
    private static final String ACCOUNT = "acme";
    private static final Reply OK = new Reply(200, Map.of());

    private final List<AutoCloseable> open = new ArrayList<>();
    private WebhookReceiver receiver;
    private Store store;

    @BeforeEach
    void start() throws IOException {
        receiver = WebhookReceiver.start();
        open.add(receiver);
        store = Store.open(StoreSettings.inMemory("profiled" + UUID.randomUUID()));
        open.add(store);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open.reversed()) one.close();
    }

    private WebhookDelivery deliver() {
        var settings = WebhookSettings.DEFAULT
                .toAnywhere()
                .withCallbackSecret(new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        WebhookDelivery delivery = WebhookDelivery.start(store, settings);
        open.add(delivery);
        return delivery;
    }

    private record Rendering(Manner manner, Function<Told, List<Message>> rendering) implements Profile {
        record Told(CallEventRecord event, Optional<CallRecord> call, Callbacks to) {}

        @Override
        public List<Message> messages(CallEventRecord event, Optional<CallRecord> call, Callbacks to) {
            return rendering.apply(new Told(event, call, to));
        }
    }

    private static Rendering posting(Manner manner) {
        return new Rendering(
                manner,
                told -> List.of(new Message(
                        "POST",
                        told.to().url(),
                        "application/json",
                        "{\"is\":\"" + told.event().type() + "\"}",
                        Map.of())));
    }

    private CallRecord stored(String url, Duration timeout, String fallback) {
        CallRecord call =
                WebhookDeliveryTest.call(Optional.of(new Callbacks(url, "POST", timeout, fallback, "other", "")));
        store.durably(tables -> {
            tables.calls().insert(call);
            return true;
        });
        return call;
    }

    private void tell(Profile profile, CallRecord call, String... types) {
        var outbox = new Outbox(Map.of("other", profile));
        for (String type : types) {
            store.durably(tables -> {
                var event = tables.events().append(ACCOUNT, type, Instant.now(), call.id(), "{}");
                outbox.add(tables, event, Optional.of(call));
                return true;
            });
        }
    }

    private long count(OutboxRow.State state) {
        return store.<Long>read(tables -> tables.outbox().count(state));
    }

    private List<Delivery> came() {
        return receiver.deliveries();
    }

    private static long millis(Delivery one, Delivery other) {
        return Duration.between(one.at(), other.at()).toMillis();
    }

    @Test
    @Tag("slow")
    void threeTriesASecondApartAndTheNextEventAfterThem() {
        deliver();
        receiver.answering(one -> one.body().contains("call.created") ? new Reply(404, Map.of()) : OK);
        CallRecord call = stored(receiver.url("/hook"), Duration.ofSeconds(3), "");

        tell(posting(Manner.THREE), call, "call.created", "call.ended");

        await("both are over", () -> count(OutboxRow.State.DELIVERED) + count(OutboxRow.State.DEAD) == 2);
        assertThat(came())
                .extracting(Delivery::body)
                .containsExactly(
                        "{\"is\":\"call.created\"}",
                        "{\"is\":\"call.created\"}",
                        "{\"is\":\"call.created\"}",
                        "{\"is\":\"call.ended\"}");
        assertThat(millis(came().get(0), came().get(1))).isBetween(950L, 1_900L);
        assertThat(millis(came().get(1), came().get(2))).isBetween(950L, 1_900L);
        assertThat(came()).allMatch(one -> one.signature().isEmpty() && one.id().isEmpty());
    }

    @Test
    @Tag("slow")
    void whatIsAnsweredByNoServerErrorIsNotTriedAgain() {
        deliver();
        receiver.answering(one -> new Reply(one.body().contains("call.created") ? 302 : 503, Map.of("Location", "/x")));
        CallRecord call = stored(receiver.url("/hook"), Duration.ofSeconds(3), "");

        tell(posting(Manner.THREE_UNLESS_ANSWERED), call, "call.created", "call.ended");

        await("both are over", () -> count(OutboxRow.State.DELIVERED) == 1 && count(OutboxRow.State.DEAD) == 1);
        assertThat(came()).extracting(Delivery::path).containsOnly("/hook");
        assertThat(came())
                .extracting(Delivery::body)
                .containsExactly(
                        "{\"is\":\"call.created\"}",
                        "{\"is\":\"call.ended\"}",
                        "{\"is\":\"call.ended\"}",
                        "{\"is\":\"call.ended\"}");
    }

    @Test
    @Tag("slow")
    void onceAndOnceAtTheFallbackWithTheQueryOfAGetAndBasicCredentialsOfEach() {
        deliver();
        receiver.answering(one -> one.path().startsWith("/late") ? late() : OK);
        String place = receiver.url("").substring("http://".length());
        CallRecord call = stored(
                "http://tok%2Fen:sec%3Aret@" + place + "/late?own=1",
                Duration.ofSeconds(1),
                "http://other:word@" + place + "/fallback");
        var profile = new Rendering(
                Manner.ONCE_AND_FALLBACK,
                told -> List.of(new Message(
                        "GET",
                        told.to().url() + "&eventType=" + told.event().type() + "&to=%2B49",
                        "",
                        "",
                        Map.of("User-Agent", "Other/1"))));

        tell(profile, call, "call.created", "call.ended");

        await("both are over", () -> count(OutboxRow.State.DELIVERED) == 2);
        assertThat(came())
                .extracting(Delivery::path)
                .containsExactly(
                        "/late?own=1&eventType=call.created&to=%2B49",
                        "/fallback?eventType=call.created&to=%2B49",
                        "/late?own=1&eventType=call.ended&to=%2B49",
                        "/fallback?eventType=call.ended&to=%2B49");
        assertThat(came())
                .allMatch(one -> one.method().equals("GET") && one.body().isEmpty());
        assertThat(came()).extracting(one -> one.header("User-Agent")).containsOnly("Other/1");
        // printf 'tok/en:sec:ret' | base64; printf 'other:word' | base64
        assertThat(came())
                .extracting(one -> one.header("Authorization"))
                .startsWith("Basic dG9rL2VuOnNlYzpyZXQ=", "Basic b3RoZXI6d29yZA==");
        // The answer takes 4 s, and the callback waits for one; it waits from before the request is seen there.
        assertThat(millis(came().get(0), came().get(1))).isLessThan(3_900L);
    }

    private static Reply late() {
        try {
            Thread.sleep(4_000);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
        return OK;
    }

    @Test
    void whatFailsAtTheFallbackTooIsGivenUpAndTheNextEventTold() {
        deliver();
        receiver.answering(one -> new Reply(500, Map.of()));
        CallRecord call = stored(receiver.url("/dead"), Duration.ofSeconds(3), receiver.url("/deadtoo"));

        tell(posting(Manner.ONCE_AND_FALLBACK), call, "call.created", "call.ended");

        await("both are over", () -> count(OutboxRow.State.DEAD) == 2);
        assertThat(came()).extracting(Delivery::path).containsExactly("/dead", "/deadtoo", "/dead", "/deadtoo");
        assertThat(store.<List<String>>read(tables ->
                        tables.outbox().list(ACCOUNT, OutboxRow.State.DEAD, Optional.empty(), 9).items().stream()
                                .map(OutboxRow::lastError)
                                .toList()))
                .containsOnly("answered 500");
    }

    @Test
    void severalMessagesOfAnEventGoOutInOrderInTheStandardMannerSigned() {
        deliver();
        CallRecord call = stored(receiver.url("/hook"), Duration.ofSeconds(3), "");
        var profile = new Rendering(Manner.STANDARD, told -> {
            List<Message> many = new ArrayList<>();
            for (int i = 0; i < 12; i++)
                many.add(new Message(
                        "POST",
                        told.to().url(),
                        "text/plain",
                        told.event().seq() + "." + i,
                        Map.of("X-Part", "p" + i)));
            return many;
        });

        tell(profile, call, "call.created", "call.ended");

        await("all are over", () -> count(OutboxRow.State.DELIVERED) == 24);
        List<String> expected = new ArrayList<>();
        for (int seq = 1; seq <= 2; seq++) for (int i = 0; i < 12; i++) expected.add(seq + "." + i);
        assertThat(came()).extracting(Delivery::body).isEqualTo(expected);
        assertThat(came()).allMatch(one -> one.isSignedWith("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        assertThat(came().get(3).header("X-Part")).isEqualTo("p3");
    }

    @Test
    void aWebhookOfAnAccountMayHaveAProfileAndIsToldEventsOfNoCallToo() {
        var service = deliver().service();
        service.create(
                ACCOUNT, new NewWebhook(receiver.url("/customer"), List.of(), true, "other", "GET"), Optional.empty());
        var created = service.create(
                        ACCOUNT, new NewWebhook(receiver.url("/native"), List.of(), true), Optional.empty())
                .item();
        var outbox = new Outbox(Map.of(
                "other",
                new Rendering(
                        Manner.THREE_UNLESS_ANSWERED,
                        told -> List.of(new Message(
                                told.to().method(),
                                told.to().url() + "?about="
                                        + told.call().map(CallRecord::id).orElse("no-call"),
                                "",
                                "",
                                Map.of())))));

        store.durably(tables -> {
            var event = tables.events().append(ACCOUNT, "groupcall.created", Instant.now(), "{}");
            outbox.add(tables, event, Optional.empty());
            return true;
        });

        await("both came", () -> came().size() == 2);
        assertThat(came())
                .extracting(one -> one.method() + " " + one.path())
                .containsExactlyInAnyOrder("GET /customer?about=no-call", "POST /native");
        assertThat(came())
                .filteredOn(one -> one.path().equals("/native"))
                .allMatch(one -> one.isSignedWith(created.secret().orElseThrow().value()));
        assertThat(service.list(ACCOUNT, new dev.outdial.server.calls.PageQuery(Optional.empty(), 10))
                        .items())
                .extracting(one -> one.profile() + " " + one.method())
                .containsExactlyInAnyOrder("other GET", "native POST");
    }

    @Tag("slow")
    @Test
    void whatAProfiledWebhookDidNotGetIsReplayedToWhereItIsNow() {
        var service = deliver().service();
        var id = service.create(
                        ACCOUNT,
                        new NewWebhook(receiver.url("/old"), List.of(), true, "other", "POST"),
                        Optional.empty())
                .item()
                .webhook()
                .id();
        receiver.answering(one -> new Reply(one.path().equals("/old") ? 500 : 200, Map.of()));
        var outbox = new Outbox(Map.of("other", posting(Manner.ONCE_AND_FALLBACK)));
        store.durably(tables -> {
            var event = tables.events().append(ACCOUNT, "groupcall.created", Instant.now(), "{}");
            outbox.add(tables, event, Optional.empty());
            return true;
        });
        await("it is given up", () -> count(OutboxRow.State.DEAD) == 1);

        service.replace(ACCOUNT, id, new NewWebhook(receiver.url("/new"), List.of(), true, "other", "POST"));
        long unused = service.replay(ACCOUNT, id, Optional.empty());

        await("it came", () -> count(OutboxRow.State.DELIVERED) == 1);
        assertThat(came()).extracting(Delivery::path).containsExactly("/old", "/new");
    }

    @Test
    void whatAProfileCannotRenderIsKeptAndNotTold() {
        deliver();
        CallRecord call = stored(receiver.url("/hook"), Duration.ofSeconds(3), "");
        var broken = new Rendering(Manner.THREE, told -> {
            if (told.event().type().equals("call.created")) throw new IllegalArgumentException("a fault of its own");
            return posting(Manner.THREE).messages(told.event(), told.call(), told.to());
        });

        tell(broken, call, "call.created", "call.ended");

        await("the other one is told", () -> count(OutboxRow.State.DELIVERED) == 1);
        assertThat(came()).extracting(Delivery::body).containsExactly("{\"is\":\"call.ended\"}");
        assertThat(store.<Integer>read(
                        tables -> tables.events().ofCall(ACCOUNT, call.id()).size()))
                .isEqualTo(2);
    }
}
