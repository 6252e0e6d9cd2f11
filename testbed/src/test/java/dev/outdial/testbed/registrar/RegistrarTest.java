package dev.outdial.testbed.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.testbed.message.DigestAlgorithm;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.registrar.Gate.Verdict;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RegistrarTest {
    private static final long SECOND = 1_000_000_000L;

    private final Registrar registrar = new Registrar(100);

    private static SipMessage register(String contact, String expires) {
        var request = SipMessage.request("REGISTER", "sip:x").header("Contact", contact);
        return (expires.isEmpty() ? request : request.header("Expires", expires)).build();
    }

    @Test
    void aBindingRunsOutAndAnExpiresOfZeroTakesItAway() {
        registrar.register("a", register("<sip:a@h>;expires=10, <sip:a@i>", "500"), 0);
        assertThat(registrar.bindings("a", 9 * SECOND)).hasSize(2);
        assertThat(registrar.bindings("a", 10 * SECOND))
                .extracting(Registrar.Binding::contact)
                .containsExactly("sip:a@i");
        assertThat(registrar.bindings("a", 100 * SECOND)).isEmpty();

        registrar.register("a", register("<sip:a@h>", ""), 200 * SECOND);
        registrar.register("a", register("<sip:a@h>;expires=0", ""), 201 * SECOND);
        assertThat(registrar.bindings("a", 201 * SECOND)).isEmpty();
    }

    @Test
    void aStarIsOnlyGoodWithAnExpiresOfZero() {
        registrar.register("a", register("<sip:a@h>", ""), 0);

        assertThat(registrar.register("a", register("*", "60"), 0)).isEqualTo(new Registrar.Result.Malformed());
        assertThat(registrar.register("a", register("*, <sip:b>", "0"), 0)).isEqualTo(new Registrar.Result.Malformed());
        assertThat(registrar.bindings("a", 0)).hasSize(1);
        registrar.register("a", register("*", "0"), 0);
        assertThat(registrar.bindings("a", 0)).isEmpty();
    }

    @Test
    void anOldNonceIsStaleAndAReplayedCountIsToo() {
        var number = new AtomicInteger();
        var gate = new Gate(
                "r", Map.of("a", "pw"), DigestAlgorithm.MD5, 10 * SECOND, () -> "n" + number.incrementAndGet());
        var challenge = ((Verdict.Challenged) gate.judge(Optional.empty(), "INVITE", 0)).challenge();
        var first = Optional.of(
                challenge.answer("a", "pw", "INVITE", "sip:x", 1, "c").toHeader());
        var second = Optional.of(
                challenge.answer("a", "pw", "INVITE", "sip:x", 2, "c").toHeader());

        assertThat(gate.judge(second, "INVITE", SECOND)).isEqualTo(new Verdict.Passed("a"));
        assertThat(gate.judge(second, "INVITE", SECOND)).as("a retransmission").isEqualTo(new Verdict.Passed("a"));
        assertThat(stale(gate.judge(first, "INVITE", SECOND))).as("a replay").isTrue();
        assertThat(stale(gate.judge(second, "INVITE", 11 * SECOND)))
                .as("an old nonce")
                .isTrue();
        var wrong = Optional.of(
                challenge.answer("a", "no", "INVITE", "sip:x", 3, "c").toHeader());
        assertThat(stale(gate.judge(wrong, "INVITE", SECOND)))
                .as("a wrong password")
                .isFalse();
    }

    private static boolean stale(Verdict verdict) {
        return verdict instanceof Verdict.Challenged c && c.challenge().stale();
    }
}
