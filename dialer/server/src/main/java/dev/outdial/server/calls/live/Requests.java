package dev.outdial.server.calls.live;

import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.detect.MachineDetection;
import dev.outdial.dialer.trunk.CallerOptions;
import dev.outdial.server.calls.Address;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.TransferWish;
import java.time.Duration;
import java.util.Map;

/** A stored call as the engine is asked for it. Pure. */
final class Requests {
    private Requests() {}

    /** Its next attempt. */
    static DialRequest of(CallRecord call) {
        DialRequest request = DialRequest.over(call.trunk(), target(call.to()))
                .ringingFor(Duration.ofMillis(call.ringMillisLimit()))
                .lastingAtMost(Duration.ofMillis(call.durationMillisLimit()))
                .asAttempt(call.id(), call.attempts() + 1)
                .by(caller(call));
        if (!call.from().target().isEmpty()) request = request.from(call.from().target());
        if (!call.from().name().isEmpty()) request = request.showing(call.from().name());
        if (call.detectMachine()) request = request.detectingMachines(MachineDetection.DEFAULT);
        for (Map.Entry<String, String> variable : call.variables().entrySet()) {
            request = request.with(variable.getKey(), variable.getValue());
        }
        return request;
    }

    /** The third one of a transfer, over the first one's trunk. */
    static DialRequest of(String trunk, TransferWish wish) {
        DialRequest request = DialRequest.over(trunk, target(wish.to()));
        if (wish.anonymous()) request = request.by(CallerOptions.NONE.anonymously());
        return wish.callerId().map(request::from).orElse(request);
    }

    private static CallerOptions caller(CallRecord call) {
        CallerOptions caller = call.anonymous() ? CallerOptions.NONE.anonymously() : CallerOptions.NONE;
        for (Map.Entry<String, String> header : call.headers().entrySet()) {
            caller = caller.withHeader(header.getKey(), header.getValue());
        }
        return caller;
    }

    /** What kind of target that is. */
    static Address.Type type(String target) {
        boolean hasScheme = target.regionMatches(true, 0, "sip:", 0, 4) || target.regionMatches(true, 0, "sips:", 0, 5);
        if (hasScheme) return Address.Type.SIP;
        return target.matches("\\+?[0-9]+") ? Address.Type.TEL : Address.Type.EXTENSION;
    }

    /** A target as a trunk dials it: a SIP address has its scheme, and an extension of another realm is one. */
    static String target(Address to) {
        String target = to.target().strip();
        boolean hasScheme = target.regionMatches(true, 0, "sip:", 0, 4) || target.regionMatches(true, 0, "sips:", 0, 5);
        boolean isAddress =
                to.type() == Address.Type.SIP || to.type() == Address.Type.EXTENSION && target.contains("@");
        return isAddress && !hasScheme ? "sip:" + target : target;
    }
}
