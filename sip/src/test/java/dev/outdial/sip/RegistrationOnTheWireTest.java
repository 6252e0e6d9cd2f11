package dev.outdial.sip;

import static dev.outdial.sip.Bench.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.registration.RegistrationEvent.Refused;
import dev.outdial.sip.registration.RegistrationEvent.Registered;
import dev.outdial.sip.registration.RegistrationEvent.Unreachable;
import dev.outdial.sip.registration.RegistrationEvent.Unregistered;
import dev.outdial.testbed.message.DigestAlgorithm;
import dev.outdial.testbed.message.DigestCredentials;
import dev.outdial.testbed.peer.Heard;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class RegistrationOnTheWireTest {
    @ParameterizedTest
    @EnumSource(
            value = TransportProtocol.class,
            names = {"UDP", "TCP"})
    void aBindingIsMadeWithDigestAndRemoved(TransportProtocol transport) throws Exception {
        try (var bench = new Bench(transport)) {
            Registration registration = bench.register(bench.account());
            Heard first = bench.peer.receive("REGISTER", SOON);
            assertThat(first.message().requestUri()).isEqualTo("sip:127.0.0.1");
            CallOnTheWireTest.challenge(bench, first, 401, DigestAlgorithm.SHA_256);

            Heard second = bench.peer.receive("REGISTER", SOON);
            assertThat(credentials(second).provesPassword(Bench.PASSWORD, "REGISTER"))
                    .isTrue();
            String contact = second.message().header("Contact").orElseThrow();
            bench.peer.reply(
                    second, 200, "r", b -> b.replace("Contact", contact.replace("expires=600", "expires=300")));
            assertThat(bench.nextOf(Registered.class).expires()).isEqualTo(Duration.ofMinutes(5));

            var gone = registration.unregister();
            Heard third = bench.peer.receive("REGISTER", SOON);
            assertThat(third.message().header("Expires")).contains("0");
            assertThat(credentials(third).nonceCount()).isEqualTo("00000002");
            bench.peer.reply(third, 200, "r");
            gone.toCompletableFuture().get(5, TimeUnit.SECONDS);
            bench.nextOf(Unregistered.class);
        }
    }

    @Test
    void aWrongPasswordIsToldOnceAndNotTriedAgain() throws Exception {
        try (var bench = new Bench(TransportProtocol.UDP)) {
            Registration registration = bench.register(bench.account("wrong"));
            CallOnTheWireTest.challenge(bench, bench.peer.receive("REGISTER", SOON), 401, DigestAlgorithm.MD5);
            CallOnTheWireTest.challenge(bench, bench.peer.receive("REGISTER", SOON), 401, DigestAlgorithm.MD5);
            Refused refused = bench.nextOf(Refused.class);
            assertThat(refused.credentialsWrong()).isTrue();
            assertThat(refused.reason()).doesNotContain("wrong");
            registration.unregister().toCompletableFuture().get(5, TimeUnit.SECONDS);
            assertThat(bench.peer.countOf("REGISTER")).isEqualTo(2);
        }
    }

    @Test
    void aRegistrarThatIsNotThereIsUnreachableAndLeavingDoesNotHang() throws Exception {
        try (var bench = new Bench(TransportProtocol.TCP)) {
            bench.peer.close();
            Registration registration = bench.register(bench.account());
            assertThat(bench.nextOf(Unreachable.class).why()).contains("127.0.0.1");
            registration.unregister().toCompletableFuture().get(5, TimeUnit.SECONDS);
            bench.nextOf(Unregistered.class);
        }
    }

    private static DigestCredentials credentials(Heard request) {
        return DigestCredentials.parse(request.message().header("Authorization").orElseThrow())
                .orElseThrow();
    }
}
