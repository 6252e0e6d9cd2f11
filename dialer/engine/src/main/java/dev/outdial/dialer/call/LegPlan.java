package dev.outdial.dialer.call;

import dev.outdial.dialer.detect.MachineDetection;
import dev.outdial.dialer.ledger.Attempt;
import dev.outdial.dialer.trunk.CallerOptions;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.dialer.trunk.WireOptions;
import dev.outdial.media.tone.ProgressTones;
import dev.outdial.sip.Account;
import dev.outdial.sip.message.Credentials;
import dev.outdial.sip.message.HostPort;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.session.CallerIdentity;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that is known of a leg before it is dialled.
 *
 * @param attempt what the ledger is asked about
 * @param line the trunk to dial over, or empty to call the target directly
 * @param target the Request-URI
 * @param limits how long it may take
 * @param callerId whom to call from; the trunk's where empty
 * @param displayName the name beside it; the trunk's where empty
 * @param wire how the sound goes
 * @param caller what is said of the caller besides
 * @param tones which tones to listen for in the far end's sound, early media included; none where empty
 * @param detection how to find out who answered, where that is asked for
 */
public record LegPlan(
        Attempt attempt,
        Optional<TrunkLine> line,
        SipUri target,
        CallLimits limits,
        Optional<String> callerId,
        Optional<String> displayName,
        WireOptions wire,
        CallerOptions caller,
        Optional<ProgressTones> tones,
        Optional<MachineDetection> detection) {

    /** Refuses a caller that cannot stand in a message, before anything is opened for it. */
    public LegPlan {
        account(line, callerId, displayName, InetAddress.getLoopbackAddress());
        var unused = identity(caller, line);
    }

    /** How the caller is shown. */
    CallerIdentity identity() {
        return identity(caller, line);
    }

    /** More headers of the INVITE: the trunk's, and the call's own in place of those. */
    Map<String, String> headers() {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        line.ifPresent(known -> all.putAll(known.trunk().format().headers()));
        caller.headers().keySet().forEach(all::remove);
        all.putAll(caller.headers());
        return all;
    }

    private static CallerIdentity identity(CallerOptions caller, Optional<TrunkLine> line) {
        boolean trunkSaysPhone =
                line.filter(known -> known.trunk().format().phoneNumbers()).isPresent();
        return new CallerIdentity(
                caller.anonymous(),
                caller.asserted().map(uri -> party("asserted", uri)),
                caller.preferred().map(uri -> party("preferred", uri)),
                caller.privacy(),
                caller.divertedBy().stream()
                        .map(by -> new CallerIdentity.Diversion(party("diverted by", by.sipUri()), by.reason()))
                        .toList(),
                caller.phoneNumbers() || trunkSaysPhone,
                caller.identity());
    }

    private static CallerIdentity.Party party(String what, String uri) {
        try {
            return CallerIdentity.Party.of(SipUri.parse(uri));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(what + ": " + wrong.getMessage(), wrong);
        }
    }

    /** Who calls, seen from this local address. */
    Account account(InetAddress local) {
        return account(line, callerId, displayName, local);
    }

    private static Account account(
            Optional<TrunkLine> line, Optional<String> callerId, Optional<String> displayName, InetAddress local) {
        Optional<Trunk> trunk = line.map(TrunkLine::trunk);
        return new Account(
                Addressing.caller(trunk, callerId, HostPort.of(local)),
                trunk.flatMap(LegPlan::credentials),
                displayName.or(() -> trunk.flatMap(Trunk::displayName)),
                trunk.flatMap(Trunk::outboundProxy).map(SipUri::parse));
    }

    /** What proves to a trunk that we are who we say. */
    public static Optional<Credentials> credentials(Trunk trunk) {
        return trunk.password()
                .map(password -> new Credentials(
                        trunk.user()
                                .orElseGet(() ->
                                        Addressing.addressOfRecord(trunk).user().orElseThrow()),
                        password,
                        trunk.realm()));
    }
}
