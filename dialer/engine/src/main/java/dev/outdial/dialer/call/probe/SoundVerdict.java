package dev.outdial.dialer.call.probe;

import dev.outdial.dialer.call.probe.CallSeen.Answered;
import dev.outdial.dialer.call.probe.CallSeen.Silent;
import dev.outdial.dialer.call.probe.CallSeen.Unanswered;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.CallStatistics;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.probe.ProbeStep;
import dev.outdial.sip.message.AddressScope;
import dev.outdial.sip.message.HostPort;
import java.net.InetSocketAddress;
import java.util.Locale;

/** Judges whether sound went both ways. Pure. */
final class SoundVerdict {
    static final String NAME = "sound";

    /** Of 100 packets: more is heard even where what is lost is made up. */
    private static final double MOST_LOST_PERCENT = 2;

    private static final double MOST_JITTER_MILLIS = 30;

    private SoundVerdict() {}

    /** What it means. */
    static ProbeStep of(CallSeen call) {
        return switch (call) {
            case Unanswered unanswered -> unanswered(unanswered.outcome());
            case Silent silent ->
                ProbeStep.failed(
                        NAME,
                        "the call came to nothing in time: the trunk says nothing to INVITE",
                        "where it answers OPTIONS, long datagrams may be lost: try ;transport=tcp; otherwise see the step 'transport'");
            case Answered answered -> answered(answered);
        };
    }

    private static ProbeStep unanswered(CallOutcome outcome) {
        String seen = "the call was not answered: " + outcome.kind().word()
                + (outcome.sipCode().isPresent() ? " " + outcome.sipCode().getAsInt() : "") + ", " + outcome.reason();
        String advice = switch (outcome.kind()) {
            case REFUSED -> "our own guard refused the number, nothing was sent: name one that may be dialled";
            case BUSY, NO_ANSWER, REJECTED, CANCELED -> "name a number that answers at once, best an echo";
            case FAILED, UNKNOWN, COMPLETED ->
                asksForProof(outcome)
                        ? "calls ask for credentials of their own: check --user and the password, and whether the trunk's URI"
                                + " names the realm"
                        : "see the steps before; otherwise try another number, and the form that the provider"
                                + " wants (+49..., 0049...)";
        };
        return ProbeStep.failed(NAME, seen, advice);
    }

    private static ProbeStep answered(Answered call) {
        CallStatistics wire = call.statistics();
        String seen = figures(call);
        if (wire.received() == 0) {
            return weHearNothing(call, seen);
        }
        if (wire.unreachable() > 0) {
            return ProbeStep.failed(
                    NAME,
                    "one-way audio, they do not hear us: " + seen + ", and the network says that nobody listens at "
                            + address(call),
                    "the far end's description names a port at which it does not listen: try --symmetric-rtp, or tell the provider");
        }
        double lost = percent(wire.lost(), wire.received() + wire.lost());
        double missed = percent(wire.remoteLost().orElse(0), wire.sent());
        if (lost > MOST_LOST_PERCENT || missed > MOST_LOST_PERCENT) {
            return ProbeStep.failed(
                    NAME,
                    seen,
                    "packets are lost on the way " + (lost > MOST_LOST_PERCENT ? "to us" : "to the far end")
                            + ": look for a full line, WLAN, or a limit on UDP; give voice the right of way (DSCP EF)");
        }
        if (wire.jitterMillis() > MOST_JITTER_MILLIS) {
            return ProbeStep.failed(
                    NAME, seen, "packets come unevenly: look for a full line, WLAN, or a busy machine on the way");
        }
        if (call.cutShort()) {
            return ProbeStep.ok(NAME, seen)
                    .advising("the far end hung up meanwhile: a number that stays longer tells more");
        }
        return wire.remoteLost().isPresent()
                ? ProbeStep.ok(NAME, "both ways: " + seen)
                : ProbeStep.ok(NAME, "we hear the far end: " + seen)
                        .advising(
                                "the far end does not report what it hears (RTCP): whether it hears us, only a person or an echo"
                                        + " can say");
    }

    private static ProbeStep weHearNothing(Answered call, String seen) {
        CallStatistics wire = call.statistics();
        String text = "one-way audio, we hear nothing: " + seen;
        if (!call.terms().mayListen()) {
            return ProbeStep.failed(
                    NAME,
                    "the far end says that it sends nothing: " + seen,
                    "it holds the call or only listens: try another number");
        }
        if (wire.strangers() > 0) {
            return ProbeStep.failed(
                    NAME,
                    text + "; but " + wire.strangers() + " packets came from another address than the " + address(call)
                            + " of the far end's description",
                    "the far end is behind a NAT: use --symmetric-rtp (from Java: WireOptions.withSymmetricRtp)");
        }
        if (wire.rejected() > 0) {
            return ProbeStep.failed(
                    NAME,
                    text + "; " + wire.rejected() + " encrypted packets did not fit the key",
                    "tell the provider that its SRTP does not fit its a=crypto; --srtp off does without");
        }
        if (wire.unreachable() > 0) {
            return ProbeStep.failed(
                    NAME,
                    "no sound either way: " + seen + ", and the network says that nobody listens at " + address(call),
                    "the far end's description names a port at which it does not listen: try --symmetric-rtp, or tell the provider");
        }
        if (AddressScope.isInner(call.terms().remoteRtp().getAddress())
                && !call.terms().remoteRtp().getAddress().isLoopbackAddress()) {
            return ProbeStep.failed(
                    NAME,
                    text + "; the far end's description names the private address " + address(call),
                    "where that is not in this network, the trunk hides it wrongly: use --symmetric-rtp, and tell the provider");
        }
        return ProbeStep.failed(
                NAME,
                text,
                "a firewall or NAT keeps UDP away from our RTP ports (16384-32767, or those of --rtp-ports), or the step 'address'"
                        + " names an address at which we are not reached");
    }

    private static String figures(Answered call) {
        CallStatistics wire = call.statistics();
        return String.format(
                Locale.ROOT,
                "in %.1f s %d packets sent to %s, %d received, %d lost, jitter %.1f ms%s",
                call.millis() / 1000.0,
                wire.sent(),
                address(call),
                wire.received(),
                wire.lost(),
                wire.jitterMillis(),
                wire.remoteLost().isPresent()
                        ? ", the far end misses " + wire.remoteLost().getAsLong()
                        : "");
    }

    private static String address(Answered call) {
        InetSocketAddress address = call.terms().remoteRtp();
        return HostPort.of(address);
    }

    private static double percent(long part, long whole) {
        return whole == 0 ? 0 : 100.0 * part / whole;
    }

    private static boolean asksForProof(CallOutcome outcome) {
        int code = outcome.sipCode().orElse(0);
        return code == 401 || code == 407;
    }

    /** Whether the outcome says that the two ends had no codec in common. */
    static boolean isAboutCodecs(CallOutcome outcome) {
        int code = outcome.sipCode().orElse(0);
        return outcome.kind() == OutcomeKind.FAILED && (code == 415 || code == 488 || code == 606);
    }
}
