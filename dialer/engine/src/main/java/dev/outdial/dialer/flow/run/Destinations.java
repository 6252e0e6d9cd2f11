package dev.outdial.dialer.flow.run;

import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.IncomingCall;
import dev.outdial.dialer.flow.CallAction.Anonymous;
import dev.outdial.dialer.flow.FlowAddress;
import dev.outdial.dialer.trunk.CallerOptions;
import dev.outdial.sip.message.SipUri;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Turns whom a flow names into requests to dial. */
final class Destinations {
    private static final Pattern NAMEABLE = Pattern.compile("[+A-Za-z0-9._~*#-]{1,40}");

    private final FlowLine line;
    private final List<String> trunks;

    /**
     * What came of it.
     *
     * @param requests whom can be dialled, in the order they were named
     * @param wrong what is wrong with the others, a sentence for each
     */
    record Found(List<DialRequest> requests, List<String> wrong) {
        Found {
            requests = List.copyOf(requests);
            wrong = List.copyOf(wrong);
        }

        /** Says why nobody can be dialled. */
        String why() {
            return wrong.isEmpty() ? "nobody is named to call" : String.join("; ", wrong);
        }
    }

    Destinations(FlowLine line, FlowSettings settings) {
        this.line = line;
        List<String> known = settings.trunks().get();
        this.trunks = known.isEmpty()
                ? line
                        .incoming()
                        .map(incoming -> incoming.caller().trunk())
                        .or(() -> line.request().flatMap(DialRequest::trunk))
                        .stream()
                        .toList()
                : known;
    }

    Found find(Optional<FlowAddress> source, List<FlowAddress> destinations, Anonymous anonymous) {
        var requests = new ArrayList<DialRequest>();
        var wrong = new ArrayList<String>();
        for (FlowAddress destination : destinations) {
            try {
                DialRequest request = from(source, to(destination));
                if (anonymous == Anonymous.YES) request = anonymously(request);
                line.dialer().check(request);
                requests.add(request);
            } catch (IllegalArgumentException unusable) {
                wrong.add(String.valueOf(unusable.getMessage()));
            }
        }
        return new Found(requests, wrong);
    }

    /** Who is called does not learn who calls; a trunk does, which is asked to keep it to itself (RFC 3325). */
    private DialRequest anonymously(DialRequest request) {
        CallerOptions caller = request.caller().anonymously();
        return request.by(request.trunk()
                .map(trunk -> caller.asserting(
                        line.dialer().uriOf(trunk, line.dialer().callerOf(request))))
                .orElse(caller));
    }

    private DialRequest to(FlowAddress destination) {
        String target = destination.target().strip();
        return switch (destination.type()) {
            case TEL -> overTrunk(target);
            case SIP -> DialRequest.direct(isSip(target) ? target : "sip:" + target);
            case EXTENSION -> toExtension(target);
        };
    }

    /** A user of the trunk, or of somebody else's realm. */
    private DialRequest toExtension(String target) {
        if (isSip(target)) return DialRequest.direct(target);
        int at = target.lastIndexOf('@');
        if (at < 0) return overTrunk(target);
        String realm = target.substring(at + 1);
        boolean ours =
                trunks.stream().anyMatch(trunk -> line.dialer().hostOf(trunk).equalsIgnoreCase(realm));
        return ours ? overTrunk(target.substring(0, at)) : DialRequest.direct("sip:" + target);
    }

    private DialRequest overTrunk(String target) {
        if (trunks.isEmpty()) throw new IllegalArgumentException("there is no trunk to call '" + target + "' over");
        DialRequest request = DialRequest.over(trunks.getFirst(), target);
        return trunks.size() == 1
                ? request
                : request.orOver(trunks.subList(1, trunks.size()).toArray(String[]::new));
    }

    /** They may talk for as long as the flow's own call may. */
    private DialRequest from(Optional<FlowAddress> source, DialRequest to) {
        DialRequest request =
                line.request().map(own -> to.lastingAtMost(own.maxDuration())).orElse(to);
        Optional<String> number =
                source.map(address -> user(address.target().strip())).filter(user -> !user.isEmpty());
        DialRequest named = number.or(this::ownNumber).map(request::from).orElse(request);
        return source.map(FlowAddress::name)
                .filter(name -> !name.isBlank())
                .map(named::showing)
                .orElse(named);
    }

    /** Of a call to us the number that was called; what it was, the network says, and not everything can be called from. */
    private Optional<String> ownNumber() {
        return line.incoming()
                .map(IncomingCall::caller)
                .map(IncomingCall.Caller::to)
                .filter(to -> NAMEABLE.matcher(to).matches())
                .or(() -> line.request().flatMap(DialRequest::callerId));
    }

    private static String user(String target) {
        if (isSip(target)) return SipUri.parse(target).user().orElse("");
        int at = target.lastIndexOf('@');
        return at < 0 ? target : target.substring(0, at);
    }

    private static boolean isSip(String target) {
        return target.regionMatches(true, 0, "sip:", 0, 4) || target.regionMatches(true, 0, "sips:", 0, 5);
    }
}
