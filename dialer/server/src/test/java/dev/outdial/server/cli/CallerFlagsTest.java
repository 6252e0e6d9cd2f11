package dev.outdial.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.peer.Heard;
import dev.outdial.testbed.peer.ScriptedPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code outdial call} says of its caller, as its callee reads it. */
@Timeout(30)
class CallerFlagsTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final ScriptedPeer peer = ScriptedPeer.open();

    @AfterEach
    void close() {
        peer.close();
    }

    @Test
    void whoCallsIsToldAsWanted() throws Exception {
        SipMessage invite = invite(
                "--display", "Outdial", "--asserted", "sip:+4989123456@example.com", "--header", "X-Campaign: spring");

        assertThat(invite.header("From").orElseThrow()).contains("Outdial");
        assertThat(invite.header("P-Asserted-Identity").orElseThrow()).contains("<sip:+4989123456@example.com>");
        assertThat(invite.header("X-Campaign")).hasValue("spring");
    }

    @Test
    void whatIsWithheldAndWhoDivertedTheCallIsTold() throws Exception {
        SipMessage invite = invite(
                "--anonymous",
                "--privacy",
                "user",
                "--preferred",
                "sip:1002@example.com",
                "--diversion",
                "sip:1003@example.com, no-answer",
                "--diversion",
                "sip:1,4@example.com");

        assertThat(invite.header("From").orElseThrow()).contains("anonymous");
        assertThat(invite.header("Privacy")).hasValue("user;id");
        assertThat(invite.header("P-Preferred-Identity").orElseThrow()).contains("<sip:1002@example.com>");
        assertThat(invite.values("Diversion"))
                .containsExactly(
                        "<sip:1003@example.com>;reason=no-answer", "<sip:1,4@example.com>;reason=unconditional");
    }

    @ParameterizedTest
    @CsvSource({
        "--privacy, everything, privacy 'everything' is none of",
        "--asserted, alice, asserted: 'alice' does not begin with sip:",
        "--diversion, 'sip:1@example.com,no answer', diversion reason 'no answer' is not a token",
        "--header, nonsense, --header: 'nonsense' is not NAME: VALUE"
    })
    void whatMakesNoSenseIsSaidAndNobodyIsCalled(String option, String value, String said) {
        Run run = call(List.of(option, value));

        assertThat(run.status()).as(run.err()).isEqualTo(64);
        assertThat(run.err()).contains(said);
        assertThat(peer.countOf("INVITE")).isZero();
    }

    private SipMessage invite(String... options) throws InterruptedException {
        CompletableFuture<Run> call = CompletableFuture.supplyAsync(() -> call(List.of(options)));
        Heard invite = peer.receive("INVITE", SOON);
        peer.reply(invite, 486, "busy");
        assertThat(call.join().status()).isEqualTo(10);
        return invite.message();
    }

    private Run call(List<String> options) {
        var arguments = new ArrayList<>(
                List.of("call", "1001", "--trunk", "sip:1000@" + peer.hostPort(), "--no-register", "--local"));
        arguments.add("127.0.0.1");
        arguments.addAll(options);
        return Run.outdial(arguments.toArray(String[]::new));
    }
}
