package dev.outdial.server.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outdial.server.calls.AccountRecord;
import dev.outdial.server.calls.CallService.RequestKey;
import dev.outdial.server.calls.FacadeKeyService.WithSecret;
import dev.outdial.server.calls.NewAccount;
import dev.outdial.server.calls.NewFacadeKey;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.Secret;
import dev.outdial.server.calls.SecretHash;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.ServiceException.Kind;
import dev.outdial.server.documents.StoredAccounts;
import dev.outdial.server.documents.StoredFacadeKeys;
import dev.outdial.server.facade.Clients.Guess;
import dev.outdial.server.facade.FacadeOptions.Credential;
import dev.outdial.server.store.Store;
import dev.outdial.server.store.StoreSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who is known to a facade, by what it shows: with a store, and with clocks of the test's own. */
class AllClientsTest {
    private static final String FIRST = AccountRecord.FIRST;
    private static final String HERE = "192.0.2.1";
    private static final Instant START = Instant.parse("2026-03-04T05:06:07Z");
    private static final PageQuery ALL = new PageQuery(Optional.empty(), 100);

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong seconds = new AtomicLong();
    private final Store store = Store.open(StoreSettings.inMemory("clients-" + UUID.randomUUID()));
    private final StoredFacadeKeys keys = server();
    private final StoredAccounts accounts = new StoredAccounts(store, this::now, keys::forget);
    private final GuessLimit guesses = new GuessLimit(nanos::get);

    AllClientsTest() {
        StoredAccounts.ensureFirst(store, START);
    }

    @AfterEach
    void end() {
        store.close();
    }

    private Instant now() {
        return START.plusSeconds(seconds.get());
    }

    /** As another process on the same database has it. */
    private StoredFacadeKeys server() {
        return new StoredFacadeKeys(store, this::now, nanos::get);
    }

    private Clients clients(StoredFacadeKeys of, String facade, Credential... configured) {
        var options = new FacadeOptions(true, Optional.empty(), OptionalInt.empty(), Map.of(), List.of(configured));
        return new AllClients(facade, options, of, this::now, guesses);
    }

    private WithSecret made(String facade, String name) {
        return keys.create(
                        FIRST, new NewFacadeKey(FIRST, facade, Optional.of(name), Optional.empty()), Optional.empty())
                .item();
    }

    private static Guess known(String account, String name) {
        return new Guess.Known(new Client(account, name));
    }

    private void later(long pastSeconds) {
        seconds.addAndGet(pastSeconds);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(pastSeconds));
    }

    @Test
    void aStoredCredentialIsKnownByNameAndSecretOfItsFacadeAlone() {
        String secret = made("bandwidth", "token-1").secret().orElseThrow().value();
        made("bandwidth", "token-2");
        Clients bandwidth = clients(keys, "bandwidth");

        assertThat(bandwidth.know("token-1", secret, HERE)).isEqualTo(known(FIRST, "token-1"));
        assertThat(bandwidth.know("token-1", secret + "x", HERE)).isEqualTo(new Guess.Unknown());
        assertThat(bandwidth.know("token-1", "", HERE)).isEqualTo(new Guess.Unknown());
        assertThat(bandwidth.know("token-2", secret, HERE)).isEqualTo(new Guess.Unknown());
        assertThat(clients(keys, "cequens").know("token-1", secret, HERE)).isEqualTo(new Guess.Unknown());
        assertThat(bandwidth.named("token-1")).contains(new Client(FIRST, "token-1"));
        assertThat(bandwidth.named("nobody")).isEmpty();
    }

    @Test
    void aRandomSecretIsKnownWithoutItsNameWhereThatIsAllThatIsShown() {
        String secret = made("voice2phone", "phone").secret().orElseThrow().value();

        assertThat(secret).hasSize(40);
        assertThat(clients(keys, "voice2phone").know("", secret, HERE)).isEqualTo(known(FIRST, "phone"));
        assertThat(clients(keys, "neutrino").know("", secret, HERE)).isEqualTo(new Guess.Unknown());
    }

    @Test
    void thoseOfTheConfigurationAreKnownBesideStoredOnes() {
        String secret = made("neutrino", "stored").secret().orElseThrow().value();
        Clients both = clients(keys, "neutrino", new Credential("configured", new Secret("for tests")));

        assertThat(both.know("configured", "for tests", HERE)).isEqualTo(known(FIRST, "configured"));
        assertThat(both.know("stored", secret, HERE)).isEqualTo(known(FIRST, "stored"));
        assertThat(both.knowToken(both.token("configured", 60), HERE)).isEqualTo(known(FIRST, "configured"));
        assertThat(both.knowToken(both.token("stored", 60), HERE)).isEqualTo(known(FIRST, "stored"));
        assertThatThrownBy(() -> both.token("nobody", 60)).isInstanceOf(IllegalArgumentException.class);
    }

    @Tag("slow")
    @Test
    void aPasswordThatWasChosenIsKnownAndIsKeptWithASaltOfItsOwn() {
        for (String name : List.of("ann@example.com", "bob"))
            keys.create(
                    FIRST,
                    new NewFacadeKey(FIRST, "voipbin", Optional.of(name), Optional.of(new Secret("same password"))),
                    Optional.empty());
        Clients voipbin = clients(keys, "voipbin");

        assertThat(voipbin.know("ann@example.com", "same password", HERE)).isEqualTo(known(FIRST, "ann@example.com"));
        assertThat(voipbin.know("ann@example.com", "other password", HERE)).isEqualTo(new Guess.Unknown());
        assertThat(voipbin.know("nobody", "same password", HERE)).isEqualTo(new Guess.Unknown());
        assertThat(voipbin.know("", "same password", HERE))
                .as("no name, no password")
                .isEqualTo(new Guess.Unknown());
        String ann =
                keys.find("voipbin", "ann@example.com").orElseThrow().hash().text();
        String bob = keys.find("voipbin", "bob").orElseThrow().hash().text();
        assertThat(ann).startsWith("pbkdf2-sha512:210000:").isNotEqualTo(bob).doesNotContain("same");
        assertThat(keys.list(FIRST, ALL).items()).allMatch(key -> key.chosen());
    }

    @Test
    void tokensHoldOnAnyServerAndAfterARestartUntilTheirTimeIsOver() {
        made("voipbin", "ann");
        String token = clients(keys, "voipbin").token("ann", 600);
        Clients elsewhere = clients(server(), "voipbin");

        assertThat(elsewhere.knowToken(token, HERE)).isEqualTo(known(FIRST, "ann"));
        assertThat(clients(keys, "cequens").knowToken(token, HERE)).isEqualTo(new Guess.Unknown());
        assertThat(elsewhere.knowToken(token.substring(1), HERE)).isEqualTo(new Guess.Unknown());
        assertThat(elsewhere.knowToken(token + "x", HERE)).isEqualTo(new Guess.Unknown());
        later(599);
        assertThat(elsewhere.knowToken(token, HERE)).isEqualTo(known(FIRST, "ann"));
        later(1);
        assertThat(elsewhere.knowToken(token, HERE)).isEqualTo(new Guess.Unknown());
    }

    @Tag("slow")
    @Test
    void aCredentialThatIsDeletedAndItsTokensOpenNothingAtOnceAndElsewhereSoon() {
        WithSecret made = made("voipbin", "ann");
        String secret = made.secret().orElseThrow().value();
        Clients here = clients(keys, "voipbin");
        Clients elsewhere = clients(server(), "voipbin");
        String token = here.token("ann", 600);
        assertThat(elsewhere.know("ann", secret, HERE)).isEqualTo(known(FIRST, "ann"));

        keys.delete(FIRST, made.key().id());

        assertThat(here.know("ann", secret, HERE)).isEqualTo(new Guess.Unknown());
        assertThat(here.knowToken(token, HERE)).isEqualTo(new Guess.Unknown());
        assertThat(elsewhere.know("ann", secret, HERE)).as("remembered").isEqualTo(known(FIRST, "ann"));
        later(5);
        assertThat(elsewhere.know("ann", secret, HERE)).isEqualTo(new Guess.Unknown());
        assertThat(elsewhere.knowToken(token, HERE)).isEqualTo(new Guess.Unknown());
        made("voipbin", "ann");
        assertThat(here.knowToken(token, HERE)).as("the name is another's now").isEqualTo(new Guess.Unknown());
    }

    @Test
    void credentialsOfAnAccountThatIsNotEnabledOpenNothing() {
        var account = accounts.create(FIRST, new NewAccount("theirs", true, true, true), Optional.empty())
                .item();
        String secret = keys.create(
                        FIRST,
                        new NewFacadeKey(account.id(), "bandwidth", Optional.of("theirs"), Optional.empty()),
                        Optional.empty())
                .item()
                .secret()
                .orElseThrow()
                .value();
        Clients bandwidth = clients(keys, "bandwidth");
        assertThat(bandwidth.know("theirs", secret, HERE)).isEqualTo(known(account.id(), "theirs"));

        accounts.replace(FIRST, account.id(), new NewAccount("theirs", false, true, true));

        assertThat(bandwidth.know("theirs", secret, HERE)).isEqualTo(new Guess.Unknown());
        assertThat(keys.list(FIRST, ALL).items()).isEmpty();
        assertThat(keys.list(account.id(), ALL).items()).hasSize(1);
    }

    @Test
    void whoGuessesOftenIsToldSoAndItsPasswordsAreNotLookedAt() {
        String secret = made("bandwidth", "token").secret().orElseThrow().value();
        String password = made("voipbin", "ann").secret().orElseThrow().value();
        Clients bandwidth = clients(keys, "bandwidth");
        Clients voipbin = clients(keys, "voipbin");
        String token = voipbin.token("ann", 600);
        for (int i = 0; i < 10; i++) {
            assertThat(bandwidth.know("token", "wrong" + i, HERE)).isEqualTo(new Guess.Unknown());
            assertThat(voipbin.knowToken("wrong" + i, HERE)).isEqualTo(new Guess.Unknown());
        }

        assertThat(bandwidth.know("token", "wrong", HERE)).isEqualTo(new Guess.TooMany(1));
        assertThat(voipbin.knowToken("any", HERE)).isEqualTo(new Guess.TooMany(1));
        assertThat(voipbin.know("ann", password, HERE)).isEqualTo(new Guess.TooMany(1));
        assertThat(voipbin.know("ann", password, "192.0.2.2")).isEqualTo(known(FIRST, "ann"));
        // What nobody can guess is looked at: many may come from the one address of a proxy.
        assertThat(bandwidth.know("token", secret, HERE)).isEqualTo(known(FIRST, "token"));
        assertThat(voipbin.knowToken(token, HERE)).isEqualTo(known(FIRST, "ann"));
        later(1);
        for (int i = 0; i < 50; i++)
            assertThat(voipbin.know("ann", password, HERE))
                    .as("right ones are not counted")
                    .isEqualTo(known(FIRST, "ann"));
    }

    @Test
    void namesAreGivenOncePerFacadeAndWhatMakesNoSenseIsRefused() {
        made("bandwidth", "token");
        made("neutrino", "token");

        assertThat(refused(Kind.CONFLICT, "bandwidth", Optional.of("token"), Optional.empty()))
                .isEqualTo("name");
        assertThat(refused(Kind.INVALID, "skype", Optional.empty(), Optional.empty()))
                .isEqualTo("facade");
        assertThat(refused(Kind.INVALID, "bandwidth", Optional.of("a:b"), Optional.empty()))
                .isEqualTo("name");
        assertThat(refused(Kind.INVALID, "bandwidth", Optional.empty(), Optional.of(new Secret("long enough"))))
                .isEqualTo("secret");
        assertThat(refused(Kind.INVALID, "voipbin", Optional.of("ann"), Optional.of(new Secret("too short"))))
                .isEqualTo("secret");
        assertThatThrownBy(() -> keys.create(
                        "somebody else's",
                        new NewFacadeKey(FIRST, "bandwidth", Optional.empty(), Optional.empty()),
                        Optional.empty()))
                .isInstanceOfSatisfying(
                        ServiceException.class, not -> assertThat(not.kind()).isEqualTo(Kind.FORBIDDEN));
    }

    private String refused(Kind kind, String facade, Optional<String> name, Optional<Secret> secret) {
        var refused = catchThrowableOfType(
                ServiceException.class,
                () -> keys.create(FIRST, new NewFacadeKey(FIRST, facade, name, secret), Optional.empty()));
        assertThat(refused.kind()).isEqualTo(kind);
        assertThat(refused.getMessage()).doesNotContain("too short");
        return refused.fields().getFirst().field();
    }

    @Test
    void aRequestThatIsRepeatedMakesOneAndItsSecretIsShownOnce() {
        var wanted = new NewFacadeKey(FIRST, "bandwidth", Optional.empty(), Optional.empty());
        var request = Optional.of(new RequestKey("once", "body"));

        var first = keys.create(FIRST, wanted, request);
        var again = keys.create(FIRST, wanted, request);

        assertThat(first.item().secret()).isPresent();
        assertThat(again.replay()).isTrue();
        assertThat(again.item().secret()).isEmpty();
        assertThat(again.item().key()).isEqualTo(first.item().key());
        assertThat(first.item().toString()
                        + store.read(tables -> tables.facadeKeys().ofAccount(FIRST)))
                .doesNotContain(first.item().secret().orElseThrow().value());
    }

    @Test
    void aClientIsToldInTheWordsOfItsApi() {
        WithSecret made = made("bandwidth", "token");

        assertThat(HandedOut.of(made.key(), new Secret("s")))
                .containsExactly(
                        Map.entry("userId", "u-1"), Map.entry("apiToken", "token"), Map.entry("apiSecret", "s"));
        for (String facade : NewFacadeKey.FACADES) {
            assertThat(HandedOut.of(made(facade, "x").key(), new Secret("s"))).containsValue("s");
            assertThat(HandedOut.use(facade)).isNotEmpty();
        }
    }

    @Test
    void hashesAreComparedAndNotShown() {
        SecretHash random = SecretHash.random("word");
        SecretHash chosen = SecretHash.chosen("word", new SplittableRandom(1));

        // printf word | sha256sum
        assertThat(random.text()).isEqualTo("sha256:98c1eb4ee93476743763878fcb96a25fbc9a175074d64004779ecb5242f645e6");
        assertThat(random.isOf("word") && chosen.isOf("word")).isTrue();
        assertThat(random.isOf("words") || chosen.isOf("words")).isFalse();
        assertThat(random.toString() + chosen).doesNotContain("98c1", "pbkdf2");
    }

    @Test
    void tokensThatAreAlmostRightAreUnknown() {
        feed(20_000, 5);
    }

    @Tag("slow")
    @Test
    void millionsOfTokensThatAreAlmostRightAreUnknown() {
        feed(2_000_000, 6);
    }

    /** What strangers write where a token is expected: never anything but unknown, and never an exception. */
    private static void feed(int count, long seed) {
        var random = new Random(seed);
        String good = Tokens.make("ann", 2_000_000_000L, "key");
        assertThat(Tokens.parse(good).orElseThrow().isGood("key", START)).isTrue();
        String edges = "abcXYZ019._-+/=: \u0000\u00e4";
        for (int i = 0; i < count; i++) {
            var text = new StringBuilder(good);
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                char edge = edges.charAt(random.nextInt(edges.length()));
                int at = random.nextInt(text.length() + 1);
                if (at < text.length() && random.nextBoolean()) text.setCharAt(at, edge);
                else text.insert(at, edge);
            }
            if (text.toString().equals(good)) continue;
            assertThat(Tokens.parse(text.toString()).filter(token -> token.isGood("key", START)))
                    .as(text.toString())
                    .isEmpty();
        }
    }
}
