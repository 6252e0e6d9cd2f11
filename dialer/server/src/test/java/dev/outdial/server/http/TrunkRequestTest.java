package dev.outdial.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class TrunkRequestTest {
    private static final Api API = new Api(HttpSettings.USUAL.onLoopbackTrunk(), System::nanoTime);

    @AfterAll
    static void stop() {
        API.close();
    }

    private static Answer asked(String every) {
        return API.post(
                "/api/v1/trunks", "{\"name\":\"c\",\"host\":\"sip.example.com\",\"options_every\":" + every + "}");
    }

    @Test
    void aTrunkIsAskedEverySoManyWholeSeconds() {
        assertThat(asked("30").json().path("options_every").asInt()).isEqualTo(30);
        assertThat(asked("\"PT1M\"").json().path("options_every").asInt()).isEqualTo(60);
        assertThat(asked("0").json().path("options_every").asInt(-1)).isZero();
    }

    @Test
    void partsOfASecondAreNotTakenForNever() {
        Answer refused = asked("0.5");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.said("options_every")).isEqualTo("must be whole seconds, or 0 for never");
    }
}
