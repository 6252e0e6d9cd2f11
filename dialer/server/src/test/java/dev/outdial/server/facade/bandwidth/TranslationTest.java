package dev.outdial.server.facade.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.outdial.server.calls.CallService.GatherWish;
import dev.outdial.server.calls.Callbacks;
import dev.outdial.server.calls.NewCall;
import dev.outdial.server.calls.SoundWish;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What requests are read as, without a server. */
class TranslationTest {
    private static final String BASE = "http://host/v1/users/u-1";

    private static Wishes wishes(String json) {
        return Wishes.read(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anIdIsTheSameUuidBothWays() {
        for (int i = 0; i < 1_000; i++) {
            String uuid = UUID.randomUUID().toString();
            String id = Ids.of(Ids.CALL, uuid);
            assertThat(id).matches("c-[a-z0-9]{24}");
            assertThat(Ids.read(Ids.CALL, id)).hasValue(uuid);
        }
        for (String uuid : List.of("00000000-0000-4000-8000-000000000000", "ffffffff-ffff-4fff-bfff-ffffffffffff")) {
            assertThat(Ids.read(Ids.GATHER, Ids.of(Ids.GATHER, uuid))).hasValue(uuid);
        }
        assertThat(Ids.read(Ids.CALL, "c-" + "z".repeat(24))).isEmpty();
        assertThat(Ids.read(Ids.CALL, "g-" + "0".repeat(24))).isEmpty();
        assertThat(Ids.read(Ids.CALL, "c-1")).isEmpty();
        assertThat(Ids.user("00000000-0000-0000-0000-000000000001")).isEqualTo("u-1");
    }

    @Test
    void aCallHasItsDefaults() {
        NewCall call = CallRequests.read(
                wishes("{\"from\":\"+15550100001\",\"to\":\"+15550100002\",\"callbackUrl\":\"http://a.example/x\"}"),
                BASE);

        assertThat(call.ringTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(call.record()).isFalse();
        assertThat(call.origin()).isEqualTo("bandwidth");
        Callbacks callbacks = call.callbacks().orElseThrow();
        assertThat(callbacks.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(callbacks.method()).isEqualTo("POST");
        assertThat(callbacks.profile()).isEqualTo("bandwidth");
        assertThat(callbacks.extra()).contains(BASE);
    }

    @Test
    void flagsAndNumbersMayBeText() {
        NewCall call = CallRequests.read(
                wishes("{\"from\":\"+15550100001\",\"to\":\"sip:a@b.example\",\"callTimeout\":\"300\","
                        + "\"recordingEnabled\":\"true\",\"sipHeaders\":{\"X-A\":1},\"unknown\":[]}"),
                BASE);

        assertThat(call.ringTimeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(call.record()).isTrue();
        assertThat(call.headers()).containsEntry("X-A", "1");
        assertThat(call.callbacks()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            {"to":"+15550100002"}                                                       ; validation-error
            {"from":"+15550100001"}                                                     ; validation-error
            {"from":"+15550100001","to":"sips:a@b.example"}                             ; validation-error
            {"from":"+15550100001","to":"anna"}                                         ; validation-error
            {"from":"+15550100001","to":"+15550100002","callTimeout":301}               ; validation-error
            {"from":"+15550100001","to":"+15550100002","callbackUrl":"ftp://a.example"} ; callback-url-invalid
            {"from":"+15550100001","to":"+15550100002","fallbackUrl":"no"}              ; callback-url-invalid
            {"from":"+15550100001","to":"+15550100002","sipHeaders":{"Via":"a"}}        ; validation-error
            {"from":"+15550100001","to":"+15550100002","recordingEnabled":"maybe"}      ; validation-error
            """)
    void whatMakesNoSenseIsRefused(String json, String code) {
        assertThatThrownBy(() -> CallRequests.read(wishes(json), BASE))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.status()).isEqualTo(400);
                    assertThat(refusal.code()).isEqualTo(code);
                });
    }

    @Test
    void soundIsAFileOrWordsOrNothing() {
        SoundWish file = AudioRequests.read(
                        wishes("{\"fileUrl\":\"http://a.example/x.mp3\",\"loopEnabled\":true,\"tag\":\"t\"}"), BASE)
                .orElseThrow();
        assertThat(file.urls()).containsExactly("http://a.example/x.mp3");
        assertThat(file.times()).isZero();
        assertThat(file.tag()).isEqualTo("t");
        assertThat(file.readyWithin()).isEqualTo(Duration.ofSeconds(10));
        SoundWish words = AudioRequests.read(wishes("{\"sentence\":\"Hola\",\"locale\":\"es_MX\"}"), BASE)
                .orElseThrow();
        assertThat(words.text()).isEqualTo("Hola");
        assertThat(words.language()).isEqualTo("es-MX");
        assertThat(AudioRequests.read(wishes("{\"fileUrl\":\"\"}"), BASE)).isEmpty();
        assertThat(AudioRequests.read(wishes("{\"sentence\":\"\"}"), BASE)).isEmpty();
        assertThat(AudioRequests.url(BASE + "/media/a%20b.wav", BASE)).isEqualTo("media:a b.wav");
        for (String wrong : List.of(
                "{}",
                "{\"fileUrl\":\"x\"}",
                "{\"sentence\":\"a\",\"volume\":5}",
                "{\"sentence\":\"a\",\"locale\":\"xx\"}",
                "{\"sentence\":\"a\",\"voice\":\"nobody\"}",
                "{\"sentence\":\"a\",\"fileUrl\":\"http://a.example/x\"}")) {
            assertThatThrownBy(() -> AudioRequests.read(wishes(wrong), BASE)).isInstanceOf(Refusal.class);
        }
    }

    @Test
    void volumeGrowsWithItsSteps() {
        assertThat(AudioRequests.decibels(0)).isZero();
        assertThat(AudioRequests.decibels(4)).isCloseTo(12.7, within(0.1));
        assertThat(AudioRequests.decibels(-4)).isCloseTo(-14, within(0.1));
        for (int step = -4; step < 4; step++) {
            assertThat(AudioRequests.decibels(step)).isLessThan(AudioRequests.decibels(step + 1));
        }
    }

    @Test
    void aGatherHasItsDefaults() {
        GatherWish wish = GatherPlaces.read(wishes("{}"), BASE);

        assertThat(wish.maxDigits()).isEqualTo(30);
        assertThat(wish.interDigitTime()).isEqualTo(Duration.ofSeconds(5));
        assertThat(wish.terminators()).isEqualTo("#");
        assertThat(wish.sayPrompt()).isEmpty();
        GatherWish said = GatherPlaces.read(
                wishes("{\"prompt\":{\"sentence\":\"Bonjour\",\"locale\":\"fr\",\"loopEnabled\":\"true\"}}"), BASE);
        assertThat(said.sayPrompt()).isEqualTo("Bonjour");
        assertThat(said.language()).isEqualTo("fr-FR");
        assertThat(said.loop()).isTrue();
    }
}
