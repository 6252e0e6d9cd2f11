package dev.outdial.server.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outdial.server.calls.AccessKey;
import dev.outdial.server.calls.AccountRecord;
import dev.outdial.server.calls.CallService.RequestKey;
import dev.outdial.server.calls.MediaRecord;
import dev.outdial.server.calls.NewAccessKey;
import dev.outdial.server.calls.NewAccount;
import dev.outdial.server.calls.NewFlow;
import dev.outdial.server.calls.NewNumber;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.calls.Secret;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.ServiceException.Kind;
import dev.outdial.server.calls.TrunkSettings;
import dev.outdial.server.calls.TrunkStatus;
import dev.outdial.server.store.Store;
import dev.outdial.server.store.StoreSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentsTest {
    private static final String FIRST = AccountRecord.FIRST;
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    private static final PageQuery ALL = new PageQuery(Optional.empty(), 100);

    private final AtomicLong nanos = new AtomicLong();
    private final Random random = new Random(3);
    private final InstantSource clock = InstantSource.fixed(NOW);
    private Store store = Store.open(StoreSettings.inMemory("documents-" + UUID.randomUUID()));
    private StoredKeys keys = new StoredKeys(store, clock, nanos::get);
    private StoredAccounts accounts = new StoredAccounts(store, clock, keys::forget);

    @BeforeEach
    void begin() {
        StoredAccounts.ensureFirst(store, NOW);
        StoredAccounts.ensureFirst(store, NOW);
    }

    @AfterEach
    void end() {
        store.close();
    }

    private static ServiceException refused(Kind kind, ThrowingCallable doing) {
        var refused = catchThrowableOfType(ServiceException.class, doing);
        assertThat(refused).isNotNull();
        assertThat(refused.kind()).isEqualTo(kind);
        return refused;
    }

    private static Optional<RequestKey> request(String body) {
        return Optional.of(new RequestKey("once", body));
    }

    private NewAccessKey wanted(String account, AccessKey key, Scope scope) {
        return new NewAccessKey(
                account,
                "mine",
                scope,
                List.of("192.0.2.0/24"),
                Optional.of(NOW.plusSeconds(60)),
                key.prefix(),
                key.hash());
    }

    @Test
    void aKeyIsFoundByItsBeginningWithItsScopeAndNetworks() {
        AccessKey key = AccessKey.make(random);
        var made = keys.create(FIRST, wanted(FIRST, key, Scope.CALL), Optional.empty())
                .item();

        var held = keys.find(key.prefix()).orElseThrow();
        assertThat(key.hasHash(held.hash())).isTrue();
        assertThat(held.key()).isEqualTo(made);
        assertThat(held.key().scope()).isEqualTo(Scope.CALL);
        assertThat(held.key().networks()).containsExactly("192.0.2.0/24");
        assertThat(held.key().expires()).hasValue(NOW.plusSeconds(60));
        assertThat(keys.find("od_000000000000")).isEmpty();
    }

    @Test
    void aKeyThatIsDeletedOpensNothingAtOnceAndOneOfAnotherServerSoon() {
        AccessKey key = AccessKey.make(random);
        var made = keys.create(FIRST, wanted(FIRST, key, Scope.CALL), Optional.empty())
                .item();
        var elsewhere = new StoredKeys(store, clock, nanos::get);
        assertThat(elsewhere.find(key.prefix())).isPresent();
        assertThat(keys.find(key.prefix())).isPresent();

        keys.delete(FIRST, made.id());

        assertThat(keys.find(key.prefix())).isEmpty();
        nanos.addAndGet(StoredKeys.MEMORY.toNanos());
        assertThat(elsewhere.find(key.prefix())).isEmpty();
    }

    @Test
    void theLastKeyThatCanMakeOthersStays() {
        var expiring = wanted(FIRST, AccessKey.make(random), Scope.ADMIN);
        var last = keys.create(FIRST, expiring, Optional.empty()).item();

        assertThat(refused(Kind.CONFLICT, () -> keys.delete(FIRST, last.id())).code())
                .isEqualTo("last_admin_key");
        var unused = keys.create(FIRST, wanted(FIRST, AccessKey.make(random), Scope.ADMIN), Optional.empty());
        keys.delete(FIRST, last.id());
        assertThat(keys.list(FIRST, ALL).items()).hasSize(1);
    }

    @Test
    void theSameRequestMakesOneThingAndAnotherBodyIsRefused() {
        var flows = new StoredFlows(store, new LintedFlows(), clock);
        var flow = new NewFlow("menu", "", "[{\"type\":\"hangup\"}]", "");

        var first = flows.create(FIRST, flow, request("a"));
        var again = flows.create(FIRST, flow, request("a"));

        assertThat(first.replay()).isFalse();
        assertThat(again.replay()).isTrue();
        assertThat(again.item()).isEqualTo(first.item());
        assertThat(refused(Kind.CONFLICT, () -> flows.create(FIRST, flow, request("b")))
                        .code())
                .isEqualTo("idempotency_key_reused");
        assertThat(refused(Kind.CONFLICT, () -> flows.create(FIRST, flow, Optional.empty()))
                        .code())
                .isEqualTo("taken");
        assertThat(flows.list(FIRST, ALL).items()).containsExactly(first.item());
        var unused =
                refused(Kind.NOT_FOUND, () -> flows.get("another", first.item().id()));
    }

    @Test
    void whatIsWrongWithAFlowIsToldWithItsField() {
        var flows = new StoredFlows(store, new LintedFlows(), clock);

        var refused = refused(
                Kind.INVALID,
                () -> flows.create(FIRST, new NewFlow("f", "", "[{\"type\":\"tlak\"}]", ""), Optional.empty()));

        assertThat(refused.fields()).anySatisfy(field -> {
            assertThat(field.field()).startsWith("actions[0]");
            assertThat(field.message()).contains("talk");
        });
        assertThat(refused(
                                Kind.INVALID,
                                () -> flows.create(
                                        FIRST,
                                        new NewFlow("f", "", "[{\"type\":\"hangup\"}]", "none"),
                                        Optional.empty()))
                        .fields())
                .extracting(ServiceException.Field::field)
                .containsExactly("on_complete_flow_id");
    }

    @Test
    void anotherAccountSeesItselfAloneAndChangesNone() {
        var made = accounts.create(FIRST, new NewAccount("shop", true, true, true), Optional.empty())
                .item();
        AccessKey key = AccessKey.make(random);
        var unused = keys.create(FIRST, wanted(made.id(), key, Scope.ADMIN), Optional.empty());

        assertThat(accounts.list(made.id(), ALL).items()).containsExactly(made);
        assertThat(accounts.list(FIRST, ALL).items()).hasSize(2);
        refused(Kind.NOT_FOUND, () -> accounts.get(made.id(), FIRST));
        refused(Kind.FORBIDDEN, () -> accounts.delete(made.id(), made.id()));
        refused(Kind.FORBIDDEN, () -> keys.create(made.id(), wanted(FIRST, key, Scope.CALL), Optional.empty()));
        refused(Kind.CONFLICT, () -> accounts.delete(FIRST, FIRST));

        assertThat(keys.find(key.prefix())).isPresent();
        accounts.replace(FIRST, made.id(), new NewAccount("shop", false, true, true));
        assertThat(keys.find(key.prefix())).as("the account is shut out").isEmpty();
    }

    @Test
    void aNumberIsSomebodysOnce() {
        var numbers = new StoredNumbers(store, clock);
        var made = numbers.create(FIRST, new NewNumber("+15550100", "", ""), Optional.empty())
                .item();

        refused(Kind.CONFLICT, () -> numbers.create("other", new NewNumber("+15550100", "", ""), Optional.empty()));
        refused(Kind.INVALID, () -> numbers.replace(FIRST, made.id(), new NewNumber("+15550100", "", "none")));
        numbers.delete(FIRST, made.id());
        assertThat(numbers.create("other", new NewNumber("+15550100", "", ""), Optional.empty())
                        .item()
                        .e164())
                .isEqualTo("+15550100");
    }

    @Test
    void whoIsListedTwiceHasTheLastReason() {
        var list = new StoredDoNotCall(store, clock);
        var unused = list.add(FIRST, "+15550100", "asked", Optional.empty());
        var alsoUnused = list.add(FIRST, "+15550100", "asked again", Optional.empty());

        assertThat(list.get(FIRST, "+15550100").reason()).isEqualTo("asked again");
        list.remove(FIRST, "+15550100");
        refused(Kind.NOT_FOUND, () -> list.remove(FIRST, "+15550100"));
    }

    private static TrunkSettings trunk(String name, String outboundProxy) {
        return new TrunkSettings(
                name,
                "192.0.2.1",
                0,
                "udp",
                outboundProxy,
                "alice",
                "",
                "",
                true,
                300,
                "",
                "",
                "",
                Map.of(),
                List.of("PCMU"),
                "auto",
                10,
                2,
                30,
                false,
                "off");
    }

    private static TrunkLines noLines() {
        return new TrunkLines() {
            @Override
            public Optional<TrunkStatus> status(String name) {
                return Optional.empty();
            }

            @Override
            public Optional<TrunkStatus> register(String name) {
                return Optional.empty();
            }
        };
    }

    @Test
    void aTrunkKeepsItsPasswordToItself() {
        var trunks = new StoredTrunks(store, noLines(), clock);
        var made = trunks.create(FIRST, trunk("c", ""), Optional.of(new Secret("PLANTED")), Optional.empty())
                .item();

        assertThat(made.hasPassword()).isTrue();
        assertThat(made.status().reason()).startsWith("no calls go over it");
        trunks.replace(FIRST, made.id(), trunk("d", ""), Optional.empty());
        assertThat(StoredTrunks.made(store)).singleElement().satisfies(stored -> {
            assertThat(stored.settings().name()).isEqualTo("d");
            assertThat(stored.password()).hasValue(new Secret("PLANTED"));
            assertThat(stored.toString()).doesNotContain("PLANTED");
        });
        assertThat(trunks.list(FIRST, ALL).toString()).doesNotContain("PLANTED");
        assertThat(refused(
                                Kind.INVALID,
                                () -> trunks.create(
                                        FIRST, trunk("e", "me@proxy.example.com"), Optional.empty(), Optional.empty()))
                        .fields())
                .extracting(ServiceException.Field::field)
                .containsExactly("outbound_proxy");
    }

    @Test
    void aTrunkOfTheConfigurationIsShownAndStays() {
        var trunks = new StoredTrunks(store, noLines(), clock);
        var shown = List.of(new StoredTrunks.Stored(trunk("c", ""), Optional.empty()));

        StoredTrunks.show(store, shown, NOW);
        var first = trunks.list(FIRST, ALL).items().getFirst();

        refused(Kind.CONFLICT, () -> trunks.delete(FIRST, first.id()));
        StoredTrunks.show(store, shown, NOW);
        assertThat(trunks.list(FIRST, ALL).items()).extracting(one -> one.id()).containsExactly(first.id());
        assertThat(StoredTrunks.made(store)).isEmpty();
        StoredTrunks.show(store, List.of(), NOW);
        assertThat(trunks.list(FIRST, ALL).items()).isEmpty();
    }

    /** Ten milliseconds of a WAV file. */
    private static byte[] sound() throws IOException {
        var silence = new AudioInputStream(
                new ByteArrayInputStream(new byte[80]), new AudioFormat(8000, 8, 1, false, false), 80);
        var file = new ByteArrayOutputStream();
        int unused = AudioSystem.write(silence, AudioFileFormat.Type.WAVE, file);
        return file.toByteArray();
    }

    @Test
    void anUploadIsWholeOrNotThere(@TempDir Path folder) throws IOException {
        var media = new StoredMedia(store, folder, 200, clock);
        byte[] sound = sound();

        assertThat(media.put(FIRST, "a.wav", "audio/wav", new ByteArrayInputStream(sound))
                        .isNew())
                .isTrue();
        assertThat(media.put(FIRST, "a.wav", "audio/wav", new ByteArrayInputStream(sound))
                        .isNew())
                .isFalse();
        assertThat(refused(
                                Kind.INVALID,
                                () -> media.put(FIRST, "a.wav", "audio/wav", new ByteArrayInputStream(new byte[201])))
                        .code())
                .isEqualTo("too_large");
        var noSound = refused(
                Kind.INVALID,
                () -> media.put(FIRST, "a.wav", "audio/wav", new ByteArrayInputStream("no sound".getBytes(UTF_8))));
        assertThat(noSound.code()).isEqualTo("not_a_sound");
        assertThat(noSound.getMessage()).contains("a.wav").doesNotContain(folder.toString(), ".part");
        for (String name : List.of("../a.wav", "a/b", ".hidden", "")) {
            refused(Kind.INVALID, () -> media.put(FIRST, name, "audio/wav", new ByteArrayInputStream(sound)));
        }

        var bytes = media.get(FIRST, "a.wav");
        assertThat(bytes.byteLength()).isEqualTo(sound.length);
        try (InputStream in = bytes.content().openAt(3)) {
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(sound, 3, sound.length));
        }
        assertThat(media.list(FIRST, ALL).items())
                .extracting(MediaRecord::byteLength)
                .containsExactly((long) sound.length);
        refused(Kind.NOT_FOUND, () -> media.get("another", "a.wav"));
        try (Stream<Path> files = Files.list(folder.resolve(FIRST))) {
            assertThat(files).as("nothing is left of what failed").hasSize(1);
        }
        media.delete(FIRST, "a.wav");
        refused(Kind.NOT_FOUND, () -> media.get(FIRST, "a.wav"));
    }
}
