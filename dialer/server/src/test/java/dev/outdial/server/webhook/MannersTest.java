package dev.outdial.server.webhook;

import static dev.outdial.server.webhook.SimulatedReceivers.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.server.calls.Callbacks;
import dev.outdial.server.webhook.Profile.Manner;
import dev.outdial.server.webhook.Profile.Message;
import dev.outdial.server.webhook.SimulatedReceivers.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How each manner tries, waits and gives up, in simulated time. */
class MannersTest {
    private static final Duration QUICK = Duration.ofMillis(1);
    /** The answer takes a millisecond, and what is due is looked for each tenth of a second. */
    private static final List<Long> THREE_A_SECOND_APART = List.of(0L, 11L, 22L);

    private static Reply status(int status) {
        return new Reply(
                switch (status) {
                    case 200 -> new Answer.Accepted();
                    case 410 -> new Answer.Gone();
                    default -> new Answer.Refused(status, Optional.of(Duration.ofHours(1)));
                },
                QUICK);
    }

    /** When one delivery was tried, in tenths of a second, at a receiver that always answers so. */
    private static List<Long> tries(Manner manner, Reply reply) {
        return world(manner, reply, 1).tries().stream()
                .map(one -> Duration.between(START, one.at()).toMillis() / 100)
                .toList();
    }

    private static SimulatedReceivers world(Manner manner, Reply reply, int events) {
        var world = new SimulatedReceivers(21, 512);
        String receiver = manner + " sink";
        world.receiver(receiver, (parcel, now) -> reply);
        for (int i = 1; i <= events; i++) world.outbox().add(receiver, "call", i, START);
        world.runUntilAllIsOver(START.plusSeconds(120), Duration.ofSeconds(1));
        assertThat(world.outbox().left()).isZero();
        return world;
    }

    @Test
    void threeUnlessAnsweredTriesAgainAfterServerErrorsAndBrokenConnectionsAlone() {
        assertThat(tries(Manner.THREE_UNLESS_ANSWERED, status(200))).containsExactly(0L);
        for (int answered : List.of(302, 404, 410, 429))
            assertThat(tries(Manner.THREE_UNLESS_ANSWERED, status(answered))).containsExactly(0L);
        assertThat(tries(Manner.THREE_UNLESS_ANSWERED, status(500))).isEqualTo(THREE_A_SECOND_APART);
        assertThat(tries(Manner.THREE_UNLESS_ANSWERED, Reply.unreachable())).isEqualTo(THREE_A_SECOND_APART);
    }

    @Test
    void threeTriesAgainAfterAllThatIsNoSuccess() {
        assertThat(tries(Manner.THREE, status(200))).containsExactly(0L);
        for (int failed : List.of(302, 404, 410, 429, 503))
            assertThat(tries(Manner.THREE, status(failed))).isEqualTo(THREE_A_SECOND_APART);
        assertThat(tries(Manner.THREE, Reply.unreachable())).isEqualTo(THREE_A_SECOND_APART);
    }

    @Test
    void onceIsOnce() {
        for (int any : List.of(200, 404, 410, 500))
            assertThat(tries(Manner.ONCE_AND_FALLBACK, status(any))).containsExactly(0L);
        assertThat(tries(Manner.ONCE_AND_FALLBACK, Reply.unreachable())).containsExactly(0L);
    }

    @Test
    void aReceiverThatFailsEachTimeIsTriedForEachEventASecondApartAndInOrder() {
        var world = world(Manner.THREE, status(500), 10);

        assertThat(world.tries()).hasSize(30);
        assertThat(world.tries())
                .extracting(SimulatedReceivers.Try::seq)
                .isSorted()
                .containsSequence(1L, 1L, 1L, 2L);
        // Nothing of it is slowed down, as a webhook in the manner of Standard Webhooks is after five failures.
        assertThat(Duration.between(START, world.tries().getLast().at()))
                .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(24));
        assertThat(world.outbox().dead()).hasSize(10);
    }

    @Test
    void aReceiverThatTakesItsTimeDoesNotHoldUpItsOtherCalls() {
        var world = new SimulatedReceivers(22, 512);
        String receiver = Manner.THREE + " sink";
        world.receiver(
                receiver,
                (parcel, now) -> new Reply(
                        new Answer.Unreachable("its answer was not whole within 10 s"), Duration.ofSeconds(10)));
        for (int call = 0; call < 4; call++) world.outbox().add(receiver, "call" + call, 1, START);
        world.runUntil(START.plusSeconds(33));

        assertThat(world.outbox().left()).isZero();
    }

    @Test
    void aWebhookThatWasDownIsUpForWhoeverIsToldInAnotherManner() {
        var down = new ReceiverState.Down(1, 3, START.plusSeconds(20));

        assertThat(down.answeredForItself(new Answer.Accepted(), QUICK, START, 0.5))
                .isEqualTo(new ReceiverState.Step(new ReceiverState.Up(0, ReceiverState.FIRST_AT_ONCE, 0), true));
    }

    @Test
    void aTryMayTakeAsLongAsItsMannerSays() {
        Duration usual = Duration.ofSeconds(10);

        assertThat(limit(Manner.STANDARD, 0, usual)).isEqualTo(usual);
        assertThat(limit(Manner.STANDARD, 3, usual)).isEqualTo(Duration.ofSeconds(3));
        // What the API takes as timeout_ms, 30,000 at most, holds.
        assertThat(limit(Manner.STANDARD, 30, usual)).isEqualTo(Duration.ofSeconds(30));
        assertThat(limit(Manner.STANDARD, 60, usual)).isEqualTo(Duration.ofSeconds(30));
        assertThat(limit(Manner.THREE_UNLESS_ANSWERED, 3, usual)).isEqualTo(Duration.ofSeconds(30));
        assertThat(limit(Manner.THREE, 3, usual)).isEqualTo(Duration.ofSeconds(10));
        assertThat(limit(Manner.ONCE_AND_FALLBACK, 3, usual)).isEqualTo(Duration.ofSeconds(3));
        assertThat(limit(Manner.ONCE_AND_FALLBACK, 0, usual)).isEqualTo(usual);
        assertThat(limit(Manner.ONCE_AND_FALLBACK, 600, usual)).isEqualTo(Duration.ofSeconds(30));
    }

    private static Duration limit(Manner manner, int seconds, Duration usual) {
        return new Target("POST", "http://a", "", Duration.ofSeconds(seconds), "", Map.of(), manner).limit(usual);
    }

    @Test
    void theFallbackOfAGetSaysWhatTheMessageSays() {
        assertThat(fallback("GET", "http://a/x?k=1&event=answer&to=%2B49", "http://a/x?k=1", "http://b/y"))
                .isEqualTo("http://b/y?event=answer&to=%2B49");
        assertThat(fallback("GET", "http://a/x?event=answer", "http://a/x", "http://b/y?z=2"))
                .isEqualTo("http://b/y?z=2&event=answer");
        assertThat(fallback("GET", "http://a/x", "http://a/x", "http://b/y")).isEqualTo("http://b/y");
        assertThat(fallback("POST", "http://a/x?k=1", "http://a/x?k=1", "http://b/y"))
                .isEqualTo("http://b/y");
        assertThat(fallback("GET", "http://a/x?event=answer", "http://a/x", "")).isEmpty();
        var own = new Message("GET", "http://a/x", "", "", Map.of(), "http://c/own");
        assertThat(WebAddress.fallback(own, to("http://a/x", "http://b/y"))).isEqualTo("http://c/own");
    }

    private static String fallback(String method, String url, String callback, String fallback) {
        return WebAddress.fallback(new Message(method, url, "", "", Map.of()), to(callback, fallback));
    }

    private static Callbacks to(String url, String fallback) {
        return new Callbacks(url, "", Duration.ZERO, fallback, "any", "");
    }

    @Test
    void aPasswordInAnAddressBecomesBasicCredentialsAndIsNowhereElse() throws Exception {
        WebAddress address = WebAddress.parse("https://bob%40home:p%3Aw+rd@host:8443/a%20b?c=d#e");

        assertThat(address.plain()).hasToString("https://host:8443/a%20b?c=d");
        // printf 'bob@home:p:w+rd' | base64
        assertThat(address.authorization()).contains("Basic Ym9iQGhvbWU6cDp3K3Jk");
        assertThat(WebAddress.parse("http://key@host/").authorization()).contains("Basic a2V5Og==");
        assertThat(WebAddress.parse("http://host/?q=a@b").authorization()).isEmpty();
        assertThat(address.toString()).doesNotContain("p%3Aw", "Ym9i", "bob");
        var target = Target.standard("POST", "http://bob:secret@host/hidden?also=hidden", "", Duration.ZERO);
        assertThat(target.toString()).isEqualTo("Target[POST http://host]");
        assertThat(target.receiver("acme"))
                .isEqualTo(Target.standard("POST", "http://host/", "", Duration.ZERO)
                        .receiver("acme"));
        assertThat(Target.standard("POST", "http://bob:secret@ho st/", "", Duration.ZERO)
                        .toString())
                .doesNotContain("secret");
    }

    @Test
    void whatIsStoredOfATargetIsReadAgainAndWhatAnEarlierVersionStoredToo() {
        var target = new Target(
                "GET",
                "http://a/?b=c",
                "http://d",
                Duration.ofSeconds(7),
                "",
                Map.of("User-Agent", "X/1"),
                Manner.THREE);

        assertThat(Target.parse(target.json())).isEqualTo(target);
        assertThat(Target.parse("{\"method\":\"POST\",\"url\":\"http://a\",\"timeout_ms\":10}")
                        .manner())
                .isEqualTo(Manner.STANDARD);
        assertThatThrownBy(() -> Target.parse("{\"url\":\"secret"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @Test
    void messagesAreSentByGetOrPost() {
        assertThatThrownBy(() -> new Message("BREW", "http://a", "", "", Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
