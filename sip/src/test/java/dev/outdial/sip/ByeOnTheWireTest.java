package dev.outdial.sip;

import static dev.outdial.sip.Bench.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.sip.dialog.NumberedDialog;
import dev.outdial.sip.event.SessionEvent.Answered;
import dev.outdial.sip.event.SessionEvent.Invited;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.testbed.message.DigestAlgorithm;
import dev.outdial.testbed.message.DigestChallenge;
import dev.outdial.testbed.message.DigestCredentials;
import dev.outdial.testbed.peer.Heard;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A dialog that was set up by one agent is ended by another. */
@Timeout(60)
class ByeOnTheWireTest {
    @ParameterizedTest
    @EnumSource(
            value = TransportProtocol.class,
            names = {"UDP", "TCP"})
    void anotherAgentEndsTheDialogWithTheSameTagsAndAHigherNumber(TransportProtocol transport) throws Exception {
        try (var bench = new Bench(transport);
                UserAgent other = UserAgent.open(UserAgentConfig.of("Outdial-Test"))) {
            Heard invite = answered(bench);
            NumberedDialog dialog = dialog(bench);

            var status = other.bye(new NumberedDialog(dialog.dialog(), dialog.localCseq() + 100), Optional.empty())
                    .orElseThrow()
                    .toCompletableFuture();

            Heard bye = bench.peer.receive("BYE", SOON);
            assertThat(bye.message().callId()).isEqualTo(invite.message().callId());
            assertThat(bye.message().fromTag()).isEqualTo(invite.message().fromTag());
            assertThat(bye.message().toTag()).isEqualTo("callee");
            assertThat(bye.message().cseqNumber()).isEqualTo(invite.message().cseqNumber() + 101);
            bench.peer.reply(bye, 481, "");
            assertThat(status.get(5, TimeUnit.SECONDS)).isEqualTo(481);
            assertThat(other.pending()).isZero();
        }
    }

    @Test
    void aChallengeIsAnswered() throws Exception {
        try (var bench = new Bench(TransportProtocol.UDP);
                UserAgent other = UserAgent.open(UserAgentConfig.of("Outdial-Test"))) {
            answered(bench);
            var status = other.bye(dialog(bench), bench.account().credentials())
                    .orElseThrow()
                    .toCompletableFuture();

            Heard first = bench.peer.receive("BYE", SOON);
            String challenge =
                    DigestChallenge.of("trunk", "nonce-1", DigestAlgorithm.MD5).toHeader();
            bench.peer.reply(first, 401, "", answer -> answer.header("WWW-Authenticate", challenge));
            Heard second = bench.peer.receive("BYE", SOON);

            assertThat(second.message().cseqNumber()).isEqualTo(first.message().cseqNumber() + 1);
            String header = second.message().header("Authorization").orElseThrow();
            assertThat(DigestCredentials.parse(header).orElseThrow().provesPassword(Bench.PASSWORD, "BYE"))
                    .isTrue();
            bench.peer.reply(second, 200, "");
            assertThat(status.get(5, TimeUnit.SECONDS)).isEqualTo(200);
        }
    }

    @Test
    void whoeverWaitsWhenTheAgentIsClosedIsToldAndADialogThatGoesOnIsNotTouched() throws Exception {
        try (var bench = new Bench(TransportProtocol.UDP)) {
            answered(bench);
            NumberedDialog dialog = dialog(bench);
            assertThat(bench.agent.bye(dialog, Optional.empty())).isEmpty();

            CompletableFuture<Integer> status;
            try (UserAgent other = UserAgent.open(UserAgentConfig.of("Outdial-Test"))) {
                status = other.bye(dialog, Optional.empty()).orElseThrow().toCompletableFuture();
                bench.peer.receive("BYE", SOON);
            }
            assertThatThrownBy(() -> status.get(5, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseMessage("the SIP user agent was closed");
        }
    }

    private InviteSession session = new InviteSession("none", SessionCommands.NONE);

    private Heard answered(Bench bench) throws Exception {
        session = bench.call();
        Heard invite = bench.peer.receive("INVITE", SOON);
        bench.peer.answer(invite, "callee", Bench.ANSWER);
        bench.peer.receive("ACK", SOON);
        bench.next(Invited.class);
        bench.next(Answered.class);
        return invite;
    }

    private NumberedDialog dialog(Bench bench) throws Exception {
        bench.settle();
        return session.dialog().orElseThrow();
    }
}
