package dev.outdial.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.server.calls.AccessKey;
import dev.outdial.server.calls.Scope;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Who is let in, and what is told of keys and passwords. */
class KeysTest {
    private static final Api API = new Api(HttpSettings.USUAL.onLoopbackTrunk(), System::nanoTime);
    private static final String CALLS = "/api/v1/calls";

    @AfterAll
    static void stop() {
        API.close();
    }

    private static int status(String key) {
        return API.sendAs(key, "GET", CALLS, "").status();
    }

    @Test
    void onlyTheWholeKeyIsGood() {
        String wrongEnd = API.read.substring(0, API.read.length() - 1) + (API.read.endsWith("a") ? "b" : "a");
        assertThat(status(API.read)).isEqualTo(200);
        Answer none = API.sendAs("", "GET", CALLS, "");
        Answer wrong = API.sendAs(wrongEnd, "GET", CALLS, "");
        assertThat(none.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(List.of(none.status(), wrong.status(), status("x"), status(API.read + "a")))
                .containsOnly(401);
        // Nothing tells a key that exists from one that does not.
        assertThat(wrong.json().path("detail")).isEqualTo(none.json().path("detail"));
        assertThat(API.sendAs("", "GET", CALLS, "", "Authorization", "Basic " + API.read)
                        .status())
                .isEqualTo(401);
        assertThat(API.sendAs("", "GET", CALLS, "", "Authorization", "bearer " + API.read)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aKeyEnds() {
        String over = API.fakes.keys.issue(Api.ACCOUNT, Scope.READ, List.of(), Optional.of(FakeCalls.NOW));
        String good =
                API.fakes.keys.issue(Api.ACCOUNT, Scope.READ, List.of(), Optional.of(FakeCalls.NOW.plusMillis(1)));
        assertThat(status(over)).isEqualTo(401);
        assertThat(status(good)).isEqualTo(200);
    }

    @Test
    void aKeyIsGoodFromItsNetworksAlone() {
        assertThat(status(API.fakes.keys.issue(Api.ACCOUNT, Scope.READ, List.of("192.0.2.0/24"), Optional.empty())))
                .isEqualTo(401);
        assertThat(status(API.fakes.keys.issue(
                        Api.ACCOUNT, Scope.READ, List.of("192.0.2.0/24", "127.0.0.0/8"), Optional.empty())))
                .isEqualTo(200);
    }

    @Test
    void aNewKeyIsShownOnce() {
        String body = "{\"name\":\"crm\",\"scope\":\"read\"}";
        Answer made = API.post("/api/v1/accesskeys", body, "Idempotency-Key", "k1");
        String key = made.json().path("key").asText();
        assertThat(status(key)).isEqualTo(200);
        Answer again = API.post("/api/v1/accesskeys", body, "Idempotency-Key", "k1");
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.text()).doesNotContain(key.substring(key.length() - 40));
        assertThat(API.get("/api/v1/accesskeys/" + made.id()).text()).doesNotContain(key.substring(key.length() - 40));
        API.send("DELETE", "/api/v1/accesskeys/" + made.id(), "");
        assertThat(status(key)).isEqualTo(401);
    }

    @Test
    void thePasswordOfATrunkIsTakenAndNotTold() {
        Answer made = API.post(
                "/api/v1/trunks", "{\"name\":\"c\",\"host\":\"sip.example.com\",\"password\":\"pass-marker-1\"}");
        assertThat(API.fakes.trunks.passwords.getLast().value()).isEqualTo("pass-marker-1");
        assertThat(made.json().path("has_password").asBoolean()).isTrue();
        assertThat(made.text() + API.get("/api/v1/trunks").text() + API.fakes.trunks.passwords)
                .doesNotContain("pass-marker-1");
    }

    @Test
    void theLogNamesTheBeginningOfAKeyAndMasksNumbers() {
        API.log.clear();
        API.get("/api/v1/donotcall/%2B15551234567", "X-Request-Id", "r1");
        API.get("/nowhere?token=" + API.admin, "X-Request-Id", "r2");
        assertThat(API.log.getFirst())
                .contains("request=r1 GET /api/v1/donotcall/%2B155******67 404", "key=" + API.admin.substring(0, 15));
        assertThat(String.join("\n", API.log))
                .contains("request=r2 GET /nowhere 404")
                .doesNotContain(API.admin.substring(16), "15551234567");
    }

    @Test
    void aKeyShowsOnlyItsBeginning() {
        AccessKey key = AccessKey.make(new Random(1));
        assertThat(key.toString()).isEqualTo(key.prefix() + "_***");
        assertThat(key.text()).startsWith(key.prefix()).hasSize(56);
        assertThat(key.hasHash(key.hash())).isTrue();
        assertThat(key.hasHash(AccessKey.make(new Random(2)).hash())).isFalse();
        assertThat(AccessKey.parse(key.text())).contains(key);
        assertThat(AccessKey.parse(key.text() + "\n")).isEmpty();
    }

    @Test
    void aPlaceThatIsTakenIsNamed() {
        var taken = HttpSettings.USUAL.at("127.0.0.1", API.server().port());
        assertThatThrownBy(() -> HttpServer.start(taken, API.fakes.services(), List.of()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(
                        "cannot listen at 127.0.0.1 port " + API.server().port());
    }

    @Test
    void withoutAKeyAServerListensToItsOwnMachine() {
        assertThat(HttpSettings.USUAL.at("0.0.0.0", 1).mayListen(false)).isFalse();
        assertThat(HttpSettings.USUAL.at("0.0.0.0", 1).mayListen(true)).isTrue();
        assertThat(HttpSettings.USUAL.at("127.0.0.1", 1).mayListen(false)).isTrue();
        assertThat(HttpSettings.USUAL.at("127.0.0.1.example.com", 1).mayListen(false))
                .isFalse();
    }
}
