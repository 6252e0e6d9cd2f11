package dev.outdial.server.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Logger;
import dev.outdial.server.calls.Address;
import dev.outdial.server.calls.CallEventRecord;
import dev.outdial.server.calls.CallPlan;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallService.RequestKey;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.calls.Callbacks;
import dev.outdial.server.calls.NewWebhook;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.Schedule;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.UrlPassword;
import dev.outdial.server.calls.WebhookRecord;
import dev.outdial.server.calls.WebhookService;
import dev.outdial.server.calls.WebhookService.WithSecret;
import dev.outdial.server.log.LogTape;
import dev.outdial.server.store.OutboxRow;
import dev.outdial.server.store.Store;
import dev.outdial.server.store.StoreSettings;
import dev.outdial.server.webhook.WebhookReceiver.Delivery;
import dev.outdial.server.webhook.WebhookReceiver.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Deliveries from a real store to a real receiver. */
class WebhookDeliveryTest {
    private static final String ACCOUNT = "acme";
    private static final PageQuery ALL = new PageQuery(Optional.empty(), 100);
    private static final WebhookSettings ANYWHERE = WebhookSettings.DEFAULT.toAnywhere();
    private static final Reply OK = new Reply(200, Map.of());

    private final Outbox outbox = new Outbox();
    private final List<AutoCloseable> open = new ArrayList<>();
    private WebhookReceiver receiver;

    @BeforeEach
    void startReceiver() throws IOException {
        receiver = WebhookReceiver.start();
        open.add(receiver);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open.reversed()) one.close();
    }

    private Store store(StoreSettings settings) {
        Store store = Store.open(settings);
        open.add(store);
        return store;
    }

    private Store memory() {
        return store(StoreSettings.inMemory("webhooks" + UUID.randomUUID()));
    }

    private WebhookDelivery delivery(Store store, WebhookSettings settings) {
        WebhookDelivery delivery = WebhookDelivery.start(store, settings);
        open.add(delivery);
        return delivery;
    }

    static void await(String what, BooleanSupplier condition) {
        long endNanos = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - endNanos).as(what).isNegative();
            try {
                Thread.sleep(5);
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        }
    }

    static CallRecord call(Optional<Callbacks> callbacks) {
        Instant now = Instant.parse("2026-03-01T09:00:00Z");
        var address = new Address(Address.Type.TEL, "+4930123456", "");
        return new CallRecord(
                UUID.randomUUID().toString(),
                ACCOUNT,
                "native",
                "outgoing",
                address,
                address,
                "carrier",
                "",
                CallStatus.QUEUED,
                false,
                0,
                "",
                "",
                "",
                OptionalInt.empty(),
                "",
                OptionalInt.empty(),
                "",
                new CallPlan.Park(),
                Schedule.NOW,
                60_000,
                60_000,
                "",
                "",
                "",
                "",
                "",
                List.of(),
                "",
                List.of(),
                "",
                "",
                "",
                "",
                Map.of(),
                Map.of(),
                false,
                false,
                false,
                callbacks,
                now,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                now);
    }

    private CallRecord stored(Store store, Optional<Callbacks> callbacks) {
        CallRecord call = call(callbacks);
        store.durably(tables -> {
            tables.calls().insert(call);
            return true;
        });
        return call;
    }

    private void tell(Store store, CallRecord call, String type) {
        store.durably(tables -> {
            var event = tables.events().append(ACCOUNT, type, Instant.now(), call.id(), "{\"x\":1}");
            outbox.add(tables, event, Optional.of(call));
            return true;
        });
    }

    private WithSecret webhook(WebhookService service, String path, String... types) {
        return service.create(ACCOUNT, new NewWebhook(receiver.url(path), List.of(types), true), Optional.empty())
                .item();
    }

    @Test
    void whatWasStoredIsDeliveredInOrderAfterACrashInTheMiddleOfIt(@TempDir Path folder) throws Exception {
        Path first = Files.createDirectory(folder.resolve("first"));
        Path second = Files.createDirectory(folder.resolve("second"));
        Store store = store(StoreSettings.inFolder(first));
        var delivery = delivery(store, ANYWHERE);
        var secret = webhook(delivery.service(), "/all").secret().orElseThrow();
        var held = new CountDownLatch(1);
        // The first event of each call gets through, and the answer to the second is never seen.
        receiver.answering(one -> {
            if (!one.body().contains("call.t1\"")) hold(held);
            return OK;
        });
        List<CallRecord> calls = new ArrayList<>();
        for (int i = 0; i < 30; i++) calls.add(stored(store, Optional.empty()));
        for (int event = 1; event <= 5; event++) {
            for (CallRecord call : calls) tell(store, call, "call.t" + event);
        }
        assertThatThrownBy(() -> store.durably(tables -> {
                    var event = tables.events()
                            .append(
                                    ACCOUNT,
                                    "call.never",
                                    Instant.now(),
                                    calls.getFirst().id(),
                                    "{}");
                    outbox.add(tables, event, Optional.empty());
                    throw new IllegalArgumentException("the change is undone");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        await(
                "some are on their way",
                () -> receiver.deliveries().stream().anyMatch(one -> one.body().contains("call.t2\"")));
        // What a process that is killed leaves behind: the bytes of its file, as they are.
        Files.copy(first.resolve("outdial.mv.db"), second.resolve("outdial.mv.db"));
        held.countDown();
        int before = receiver.deliveries().size();
        delivery.close();

        Store after = store(StoreSettings.inFolder(second));
        receiver.answering(one -> OK);
        receiver.deliveries().clear();
        delivery(after, ANYWHERE);

        await(
                "all are delivered",
                () -> after.<Long>read(tables -> tables.outbox().count(OutboxRow.State.DELIVERED)) == 150);
        assertThat(before).isPositive();
        assertThat(receiver.deliveries()).allMatch(one -> one.isSignedWith(secret.value()));
        assertThat(receiver.deliveries()).noneMatch(one -> one.body().contains("call.never"));
        Map<String, Integer> last = new HashMap<>();
        for (Delivery one : receiver.deliveries()) {
            int seq = number(one.body(), "seq");
            String call = one.body().replaceAll(".*\"call_id\":\"([^\"]*)\".*", "$1");
            last.merge(call, seq, (old, fresh) -> {
                assertThat(fresh).isEqualTo(old + 1);
                return fresh;
            });
        }
        assertThat(last).hasSize(30);
        assertThat(last.values()).allMatch(seq -> seq == 5);
    }

    private static void hold(CountDownLatch until) {
        try {
            until.await();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private static int number(String json, String name) {
        return Integer.parseInt(json.replaceAll(".*\"" + name + "\":(\\d+).*", "$1"));
    }

    @Test
    void aWebhookGetsTheEventsItWantsSignedAndWithTheIdOfTheEvent() {
        Store store = memory();
        var service = delivery(store, ANYWHERE).service();
        var created = webhook(service, "/hook", "call.ended", "recording.*");
        CallRecord call = stored(store, Optional.empty());

        for (String type : List.of("call.created", "recording.started", "call.ended")) tell(store, call, type);

        await("two came", () -> receiver.deliveries().size() == 2);
        assertThat(receiver.deliveries())
                .allMatch(one -> one.isSignedWith(created.secret().orElseThrow().value()))
                .allMatch(one -> one.contentType().startsWith("application/json"))
                .extracting(one -> one.body().replaceAll(".*\"type\":\"([^\"]*)\".*", "$1"))
                .containsExactly("recording.started", "call.ended");
        var events = store.read(tables -> tables.events().ofCall(ACCOUNT, call.id()));
        assertThat(receiver.deliveries())
                .extracting(Delivery::id)
                .containsExactly(events.get(1).id(), events.get(2).id());
        await(
                "nothing is left",
                () -> service.get(ACCOUNT, created.webhook().id()).pendingCount() == 0);
    }

    @Test
    void twoSecretsSignWhileTheyRotate() {
        Store store = memory();
        var service = delivery(store, ANYWHERE).service();
        var created = webhook(service, "/hook");
        String old = created.secret().orElseThrow().value();
        String fresh = service.rotateSecret(ACCOUNT, created.webhook().id())
                .secret()
                .orElseThrow()
                .value();
        CallRecord call = stored(store, Optional.empty());

        tell(store, call, "call.created");

        await("it came", () -> receiver.deliveries().size() == 1);
        Delivery delivery = receiver.deliveries().getFirst();
        assertThat(fresh).isNotEqualTo(old);
        assertThat(delivery.isSignedWith(old)).isTrue();
        assertThat(delivery.isSignedWith(fresh)).isTrue();
        assertThat(delivery.isSignedWith("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
                .isFalse();
    }

    @Test
    void theOldSecretIsForgottenAfterADay() {
        Instant now = Instant.parse("2026-03-01T09:00:00Z");
        var endpoint = Endpoint.parse(new Endpoint(
                        "http://a",
                        List.of(),
                        SigningKey.fresh(new java.util.SplittableRandom(1)),
                        Optional.empty(),
                        "native",
                        "POST")
                .rotated(SigningKey.fresh(new java.util.SplittableRandom(2)), now)
                .json());

        assertThat(endpoint.keys(now.plus(Duration.ofHours(23)))).hasSize(2);
        assertThat(endpoint.keys(now.plus(Duration.ofHours(24)))).hasSize(1);
        assertThat(endpoint.toString()).doesNotContain("whsec_");
    }

    @Test
    @Tag("slow")
    void whatFailsIsTriedAgainWithTheSameIdAndANewSignature() {
        Store store = memory();
        var service = delivery(store, ANYWHERE).service();
        var created = webhook(service, "/hook");
        receiver.answering(one -> receiver.deliveries().size() == 1 ? new Reply(500, Map.of()) : OK);
        CallRecord call = stored(store, Optional.empty());

        tell(store, call, "call.created");
        tell(store, call, "call.ended");

        await("both arrived", () -> receiver.deliveries().size() == 3);
        List<Delivery> came = receiver.deliveries();
        assertThat(came)
                .allMatch(one -> one.isSignedWith(created.secret().orElseThrow().value()));
        assertThat(came.get(1).id())
                .isEqualTo(came.get(0).id())
                .isNotEqualTo(came.get(2).id());
        assertThat(Long.parseLong(came.get(1).timestamp()))
                .isGreaterThan(Long.parseLong(came.get(0).timestamp()));
        assertThat(came.get(1).signature()).isNotEqualTo(came.get(0).signature());
    }

    @Test
    void fourHundredAndTenSwitchesAWebhookOffAndWhatDiedIsReplayedInOrder() {
        Store store = memory();
        var service = delivery(store, ANYWHERE).service();
        var id = webhook(service, "/hook").webhook().id();
        receiver.answering(one -> new Reply(410, Map.of()));
        CallRecord call = stored(store, Optional.empty());
        tell(store, call, "call.a");
        await("it is switched off", () -> !service.get(ACCOUNT, id).enabled());
        tell(store, call, "call.b");
        assertThat(service.get(ACCOUNT, id).pendingCount())
                .as("it is told nothing more")
                .isZero();
        var letters = service.deadLetters(ACCOUNT, id, ALL).items();
        assertThat(letters).singleElement().satisfies(letter -> {
            assertThat(letter.eventType()).isEqualTo("call.a");
            assertThat(letter.lastError()).isEqualTo("answered 410");
            assertThat(letter.attempts()).isEqualTo(1);
        });

        receiver.answering(one -> OK);
        service.replace(ACCOUNT, id, new NewWebhook(receiver.url("/other"), List.of(), true));
        assertThat(service.replay(ACCOUNT, id, Optional.of(letters.getFirst().id())))
                .isEqualTo(1);

        await("it came", () -> receiver.deliveries().size() == 2);
        assertThat(receiver.deliveries().get(1).path()).isEqualTo("/other");
        assertThat(receiver.deliveries().get(1).id())
                .isEqualTo(receiver.deliveries().get(0).id());
        await("no dead letter is left", () -> service.get(ACCOUNT, id).deadCount() == 0);
        assertThatThrownBy(() -> service.replay(
                        ACCOUNT, id, Optional.of(letters.getFirst().id())))
                .isInstanceOf(ServiceException.class);
    }

    @Test
    void whatACallbackWasNotToldIsListedAndReplayedToo() {
        Store store = memory();
        var service = delivery(store, ANYWHERE).service();
        receiver.answering(one -> new Reply(410, Map.of()));
        CallRecord call = stored(
                store,
                Optional.of(new Callbacks(receiver.url("/own"), "post", Duration.ofSeconds(3), "", "native", "")));
        tell(store, call, "call.a");
        await("it is given up", () -> !service.deadLetters(ACCOUNT, ALL).items().isEmpty());
        var letter = service.deadLetters(ACCOUNT, ALL).items().getFirst();
        assertThat(letter.webhookId()).isEmpty();
        assertThat(letter.callId()).isEqualTo(call.id());
        assertThat(service.deadLetters("others", ALL).items()).isEmpty();
        assertThatThrownBy(() -> service.replay("others", letter.id())).isInstanceOf(ServiceException.class);

        receiver.answering(one -> OK);
        service.replay(ACCOUNT, letter.id());

        await("it came", () -> receiver.deliveries().size() == 2);
        assertThat(receiver.deliveries().get(1).id())
                .isEqualTo(receiver.deliveries().get(0).id());
    }

    @Test
    void allThatDiedIsReplayedInTheOrderOfItsCalls() {
        Store store = memory();
        var delivery = delivery(store, ANYWHERE);
        var service = delivery.service();
        var id = webhook(service, "/hook").webhook().id();
        service.replace(ACCOUNT, id, new NewWebhook(receiver.url("/hook"), List.of(), true));
        CallRecord call = stored(store, Optional.empty());
        delivery.close(); // so that nothing is sent meanwhile
        for (int i = 0; i < 10; i++) tell(store, call, "call.t" + i);
        store.durably(tables -> {
            tables.outbox().giveUpAll(id, Instant.now(), "for the test");
            return true;
        });
        assertThat(service.get(ACCOUNT, id).deadCount()).isEqualTo(10);

        assertThat(service.replay(ACCOUNT, id, Optional.empty())).isEqualTo(10);
        delivery(store, ANYWHERE);

        await("all came", () -> receiver.deliveries().size() == 10);
        assertThat(receiver.deliveries())
                .extracting(one -> number(one.body(), "seq"))
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    @Test
    void theCallbackOfACallIsToldTooAndItsFallbackWhereItFails() {
        Store store = memory();
        String secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        delivery(store, ANYWHERE.withCallbackSecret(new dev.outdial.server.calls.Secret(secret)));
        receiver.answering(one -> one.path().equals("/first") ? new Reply(500, Map.of()) : OK);
        CallRecord call = stored(
                store,
                Optional.of(new Callbacks(
                        receiver.url("/first"),
                        "post",
                        Duration.ofSeconds(3),
                        receiver.url("/fallback"),
                        "native",
                        "")));

        tell(store, call, "call.created");

        await("both were told", () -> receiver.deliveries().size() == 2);
        assertThat(receiver.deliveries()).extracting(Delivery::path).containsExactly("/first", "/fallback");
        assertThat(receiver.deliveries()).allMatch(one -> one.isSignedWith(secret));
        await(
                "it is delivered",
                () -> store.<Long>read(tables -> tables.outbox().count(OutboxRow.State.DELIVERED)) == 1);
    }

    @Test
    void anotherProfileTellsItsOwnWayOrNothing() {
        Store store = memory();
        delivery(store, ANYWHERE);
        var other = new Outbox(Map.of("short", new Profile() {
            @Override
            public List<Message> messages(CallEventRecord event, Optional<CallRecord> call, Callbacks to) {
                return event.type().equals("call.ended")
                        ? List.of(new Message("POST", to.url(), "text/plain", "over", Map.of()))
                        : List.of();
            }

            @Override
            public Manner manner() {
                return Manner.STANDARD;
            }
        }));
        CallRecord call = stored(
                store, Optional.of(new Callbacks(receiver.url("/c"), "POST", Duration.ofSeconds(3), "", "short", "")));

        for (String type : List.of("call.created", "call.ended")) {
            store.durably(tables -> {
                other.add(
                        tables,
                        tables.events().append(ACCOUNT, type, Instant.now(), call.id(), "{}"),
                        Optional.of(call));
                return true;
            });
        }

        await("it came", () -> !receiver.deliveries().isEmpty());
        assertThat(receiver.deliveries()).singleElement().satisfies(one -> {
            assertThat(one.body()).isEqualTo("over");
            assertThat(one.contentType()).startsWith("text/plain");
            assertThat(one.signature()).isEmpty();
        });
    }

    @Test
    void aRedirectIsNotFollowedAndAPrivateAddressNotConnectedTo() {
        Store store = memory();
        // Made when the settings allowed it.
        webhook(new StoredWebhooks(store, ANYWHERE, Clock.systemUTC(), new Random(1), () -> {}), "/hook");
        WebhookDelivery unused = delivery(store, WebhookSettings.DEFAULT);
        var tape = LogTape.of((Logger) LoggerFactory.getLogger(WebSender.class));
        for (int tried = 1; tried <= 2; tried++) {
            tell(store, stored(store, Optional.empty()), "call.created");
            int count = tried;
            await(
                    "it was tried",
                    () -> store.<Boolean>read(tables ->
                            tables
                                            .outbox()
                                            .list(ACCOUNT, OutboxRow.State.PENDING, Optional.empty(), 10)
                                            .items()
                                            .stream()
                                            .filter(row -> row.tries() > 0
                                                    && row.lastError().contains("127.0.0.1"))
                                            .count()
                                    == count));
        }
        tape.stop();
        assertThat(receiver.deliveries()).isEmpty();
        assertThat(tape.text()).containsOnlyOnce("is told nothing");

        Store other = memory();
        var otherService = delivery(other, ANYWHERE).service();
        webhook(otherService, "/hook");
        receiver.answering(one -> new Reply(302, Map.of("Location", receiver.url("/elsewhere"))));
        tell(other, stored(other, Optional.empty()), "call.created");
        await(
                "it was tried",
                () -> other.<Boolean>read(tables ->
                        tables.outbox().list(ACCOUNT, OutboxRow.State.PENDING, Optional.empty(), 10).items().stream()
                                .anyMatch(row -> row.lastError().equals("answered 302"))));
        assertThat(receiver.deliveries()).extracting(Delivery::path).containsOnly("/hook");
    }

    private static ServiceException refused(Runnable deed) {
        var refused = catchThrowableOfType(ServiceException.class, deed::run);
        assertThat(refused).isNotNull();
        assertThat(refused.kind()).isEqualTo(ServiceException.Kind.INVALID);
        return refused;
    }

    private static NewWebhook to(String url) {
        return new NewWebhook(url, List.of(), true);
    }

    @Test
    void whereTheSettingsLetNobodyBeToldIsRefused() {
        Store store = memory();
        var service = delivery(store, WebhookSettings.DEFAULT).service();
        for (String forbidden : List.of(
                "http://127.0.0.1/hook",
                "https://user:secret@[::1]/hook",
                "http://10.1.2.3/",
                "https://example.com:8443/hook")) {
            ServiceException refused = refused(() -> service.create(ACCOUNT, to(forbidden), Optional.empty()));
            assertThat(refused.fields())
                    .extracting(ServiceException.Field::field)
                    .containsExactly("url");
            assertThat(refused.getMessage()).contains("webhooks.").doesNotContain("secret");
        }
        // What a name leads to is looked at when it is sent.
        String id = service.create(ACCOUNT, to("https://user:secret@host.invalid/hook"), Optional.empty())
                .item()
                .webhook()
                .id();
        assertThat(refused(() -> service.replace(ACCOUNT, id, to("http://127.0.0.1/hook")))
                        .fields())
                .hasSize(1);
    }

    @Test
    void aPasswordIsSentAndNotShown() {
        Store store = memory();
        var service = delivery(store, ANYWHERE).service();
        String real = receiver.url("/hook").replace("://", "://user:secret@");
        String shown = receiver.url("/hook").replace("://", "://user:***@");
        String id = service.create(ACCOUNT, to(real), Optional.empty())
                .item()
                .webhook()
                .id();
        assertThat(service.get(ACCOUNT, id).url()).isEqualTo(shown);
        assertThat(service.list(ACCOUNT, ALL).items())
                .extracting(WebhookRecord::url)
                .containsExactly(shown);

        // Sent back as it was shown, it is the one that it was.
        assertThat(service.replace(ACCOUNT, id, to(shown)).url()).isEqualTo(shown);
        var callbacks =
                new Callbacks(real.replace("/hook", "/own"), "POST", Duration.ZERO, real, NativeProfile.NAME, "");
        CallRecord call = stored(store, Optional.of(callbacks));
        assertThat(CallViews.json(call).toString()).contains("user:***@").doesNotContain("secret");
        tell(store, call, "call.created");
        await("both are told", () -> receiver.deliveries().size() == 2);
        String basic = "Basic " + Base64.getEncoder().encodeToString("user:secret".getBytes(UTF_8));
        assertThat(receiver.deliveries())
                .extracting(delivery -> delivery.header("Authorization"))
                .containsOnly(basic);
    }

    @Test
    void passwordsAreWhatStandsBeforeTheHost() {
        assertThat(UrlPassword.masked("https://u:p@ss:w@host/a@b?c=d:e@f")).isEqualTo("https://u:***@host/a@b?c=d:e@f");
        assertThat(UrlPassword.without("https://u:p@ss:w@host/a@b")).isEqualTo("https://host/a@b");
        for (String plain : List.of("https://host:8080/a:b@c", "https://user@host/", "", "media:a.wav")) {
            assertThat(UrlPassword.masked(plain)).isEqualTo(plain);
        }
    }

    @Test
    void webhooksAreTheirAccountsOwnAndCreatedOncePerKey() {
        Store store = memory();
        var service = delivery(store, ANYWHERE).service();
        var wanted = new NewWebhook(receiver.url("/hook"), List.of("call.*"), true);
        var first = service.create(ACCOUNT, wanted, Optional.of(new RequestKey("k", "h1")));
        var again = service.create(ACCOUNT, wanted, Optional.of(new RequestKey("k", "h1")));
        String id = first.item().webhook().id();

        assertThat(again.replay()).isTrue();
        assertThat(again.item().webhook().id()).isEqualTo(id);
        assertThat(again.item().secret()).isEmpty();
        assertThat(first.item().toString()).doesNotContain("whsec_");
        assertThatThrownBy(() -> service.create(ACCOUNT, wanted, Optional.of(new RequestKey("k", "h2"))))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        conflict -> assertThat(conflict.kind()).isEqualTo(ServiceException.Kind.CONFLICT));
        for (Runnable others : List.<Runnable>of(
                () -> service.get("others", id),
                () -> service.delete("others", id),
                () -> service.rotateSecret("others", id),
                () -> service.replay("others", id, Optional.empty()),
                () -> service.deadLetters("others", id, ALL))) {
            assertThatThrownBy(others::run)
                    .isInstanceOfSatisfying(
                            ServiceException.class,
                            none -> assertThat(none.kind()).isEqualTo(ServiceException.Kind.NOT_FOUND));
        }
        assertThat(service.list(ACCOUNT, ALL).items()).hasSize(1);
        service.delete(ACCOUNT, id);
        assertThat(service.list(ACCOUNT, ALL).items()).isEmpty();
    }
}
