package dev.outdial.dialer.flow.run;

import dev.outdial.dialer.IncomingCall;
import dev.outdial.dialer.flow.Variables;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What a run of a flow knows of its call when it begins. */
final class CallVariables {
    private static final String CALL = Variables.OURS + "call.";
    private static final String RUN = Variables.OURS + "activeflow.";

    private CallVariables() {}

    /** Of the call of a line, and the user's own. */
    static Variables of(FlowLine line, FlowStart start) {
        var users = new HashMap<String, String>();
        line.request().ifPresent(request -> users.putAll(request.variables()));
        users.putAll(start.variables());
        var ours = new HashMap<String, String>();
        ours.put(CALL + "id", line.call().id());
        ours.put(CALL + "direction", line.incoming().isPresent() ? "incoming" : "outgoing");
        ours.put(CALL + "master_call_id", start.masterCallId());
        ours.put(Variables.DIGITS, "");
        line.request().ifPresent(request -> {
            party(
                    ours,
                    "source",
                    line.dialer().callerOf(request),
                    request.displayName().orElse(""));
            party(ours, "destination", request.target(), "");
        });
        line.incoming().map(IncomingCall::caller).ifPresent(caller -> {
            party(ours, "source", caller.from(), caller.displayName().orElse(""));
            party(ours, "destination", caller.to(), "");
        });
        ours.putAll(run(start, "call", line.call().id()));
        return new Variables(ours).withUsers(users);
    }

    /** Of the run itself. */
    static Map<String, String> run(FlowStart start, String referenceType, String referenceId) {
        return Map.of(
                RUN + "id",
                start.runId(),
                RUN + "reference_type",
                referenceType,
                RUN + "reference_id",
                referenceId,
                RUN + "flow_id",
                start.flowId());
    }

    private static void party(Map<String, String> ours, String which, String target, String name) {
        String type = type(target);
        ours.put(CALL + which + ".type", type);
        ours.put(CALL + which + ".target", target);
        ours.put(CALL + which + ".target_name", name);
        ours.put(CALL + which + ".name", name);
        ours.put(CALL + which + ".detail", "");
    }

    private static String type(String target) {
        String plain = target.toLowerCase(Locale.ROOT);
        if (plain.startsWith("sip:") || plain.startsWith("sips:")) return "sip";
        return target.matches("\\+?[0-9 ().-]+") ? "tel" : "extension";
    }
}
