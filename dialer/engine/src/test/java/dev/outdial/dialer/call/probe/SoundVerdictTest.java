package dev.outdial.dialer.call.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.CallStatistics;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.outcome.Phase;
import dev.outdial.dialer.probe.ProbeStep;
import dev.outdial.dialer.probe.ProbeStep.Result;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.sdp.Negotiation;
import dev.outdial.media.sdp.PayloadTypes;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a call that tried the sound. */
class SoundVerdictTest {
    private static final Trunk TRUNK = Trunk.of("carrier", "sip:alice@sip.example.com");

    private static CallSeen answered(CallStatistics statistics, String far, boolean mayListen, boolean cutShort) {
        var terms = new Negotiation.Agreed(
                AudioCodec.PCMU,
                0,
                OptionalInt.of(101),
                OptionalInt.empty(),
                PayloadTypes.NONE.withCodec(0, AudioCodec.PCMU).withCodec(8, AudioCodec.PCMA),
                20,
                new InetSocketAddress(far, 4000),
                new InetSocketAddress(far, 4001),
                true,
                mayListen,
                Optional.empty());
        return new CallSeen.Answered(terms, statistics, 4000, cutShort);
    }

    private static ProbeStep heard(CallStatistics statistics) {
        return SoundVerdict.of(answered(statistics, "192.0.2.1", true, false));
    }

    private static CallStatistics wire(
            long received,
            long lost,
            double jitterMillis,
            long strangers,
            long rejected,
            long unreachable,
            long remoteLost) {
        return new CallStatistics(
                200,
                received,
                lost,
                jitterMillis,
                0,
                20,
                0,
                strangers,
                rejected,
                unreachable,
                OptionalDouble.empty(),
                remoteLost < 0 ? OptionalLong.empty() : OptionalLong.of(remoteLost),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    private static void assertStep(ProbeStep step, Result result, String seen, String advice) {
        assertThat(step.result()).as(step.toString()).isEqualTo(result);
        assertThat(step.seen()).contains(seen);
        assertThat(step.advice().orElse("")).contains(advice);
        assertThat(step.advice().isPresent()).as(step.toString()).isEqualTo(!advice.isEmpty());
    }

    @Test
    void soundBothWaysIsShownInFigures() {
        assertStep(
                heard(wire(198, 2, 1.5, 0, 0, 0, 1)),
                Result.OK,
                "both ways: in 4.0 s 200 packets sent to 192.0.2.1:4000, 198 received, 2 lost, jitter 1.5 ms, the far end misses 1",
                "");
        assertStep(heard(wire(198, 2, 1.5, 0, 0, 0, -1)), Result.OK, "we hear the far end: in 4.0 s", "RTCP");
        assertStep(
                SoundVerdict.of(answered(wire(50, 0, 1, 0, 0, 0, -1), "192.0.2.1", true, true)),
                Result.OK,
                "50 received",
                "hung up meanwhile");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 7, 0, 0, but 7 packets came from another address than the 192.0.2.1:4000, --symmetric-rtp",
        "0, 0, 0, 0, 9, 0, 9 encrypted packets did not fit the key, SRTP",
        "0, 0, 0, 0, 0, 3, no sound either way, does not listen",
        "0, 0, 0, 0, 0, 0, 'one-way audio, we hear nothing', a firewall or NAT keeps UDP away",
        "200, 0, 0, 0, 0, 3, 'one-way audio, they do not hear us', does not listen",
        "150, 50, 0, 0, 0, 0, 50 lost, packets are lost on the way to us",
        "200, 0, 45, 0, 0, 0, jitter 45.0 ms, unevenly"
    })
    void whatKeepsSoundAwayIsSaid(
            long received,
            long lost,
            double jitter,
            long strangers,
            long rejected,
            long unreachable,
            String seen,
            String advice) {
        assertStep(
                heard(wire(received, lost, jitter, strangers, rejected, unreachable, -1)), Result.FAILED, seen, advice);
    }

    @Test
    void lossOnTheWayOutIsKnownFromTheFarEnd() {
        assertStep(
                heard(wire(200, 0, 1, 0, 0, 0, 40)),
                Result.FAILED,
                "the far end misses 40",
                "lost on the way to the far end");
    }

    @Test
    void aPrivateAddressInTheDescriptionIsPointedAt() {
        assertStep(
                SoundVerdict.of(answered(wire(0, 0, 0, 0, 0, 0, -1), "10.1.2.3", true, false)),
                Result.FAILED,
                "names the private address 10.1.2.3:4000",
                "--symmetric-rtp");
    }

    @Test
    void whoSaysThatItSendsNothingIsBelieved() {
        assertStep(
                SoundVerdict.of(answered(wire(0, 0, 0, 0, 0, 0, -1), "192.0.2.1", false, false)),
                Result.FAILED,
                "the far end says that it sends nothing",
                "try another number");
    }

    private static CallSeen unanswered(OutcomeKind kind, int code) {
        return new CallSeen.Unanswered(new CallOutcome(
                kind,
                code == 0 ? OptionalInt.empty() : OptionalInt.of(code),
                OptionalInt.empty(),
                EndedBy.REMOTE,
                Phase.SENT,
                false,
                "some reason",
                0,
                0));
    }

    @ParameterizedTest
    @CsvSource({
        "REFUSED, 0, our own guard",
        "BUSY, 486, best an echo",
        "NO_ANSWER, 480, best an echo",
        "FAILED, 407, credentials of their own",
        "FAILED, 404, the form that the provider wants"
    })
    void aCallThatIsNotAnsweredIsSaidWhy(OutcomeKind kind, int code, String advice) {
        assertStep(
                SoundVerdict.of(unanswered(kind, code)),
                Result.FAILED,
                "the call was not answered: " + kind.word() + (code == 0 ? "" : " " + code) + ", some reason",
                advice);
        assertStep(CodecVerdict.of(TRUNK, unanswered(kind, code)), Result.SKIPPED, "without an answer", "");
    }

    @Test
    void aTrunkThatIsSilentToInviteIsToldApart() {
        assertStep(SoundVerdict.of(new CallSeen.Silent()), Result.FAILED, "says nothing to INVITE", ";transport=tcp");
        assertStep(CodecVerdict.of(TRUNK, new CallSeen.Silent()), Result.SKIPPED, "without an answer", "");
    }

    @Test
    void theCodecIsWhatWasAgreedOn() {
        assertStep(
                CodecVerdict.of(TRUNK, answered(CallStatistics.NONE, "192.0.2.1", true, false)),
                Result.OK,
                "PCMU, 20 ms a packet, keys as telephone-events, in clear; the far end may send PCMU, PCMA",
                "");
        assertStep(
                CodecVerdict.of(TRUNK, unanswered(OutcomeKind.FAILED, 488)),
                Result.FAILED,
                "takes none of what we offer: PCMU, PCMA, encryption off",
                "--codec");
    }
}
