package dev.outdial.server.calls;

import java.util.List;

/** The types of events that are told: in {@code GET /events}, and to webhooks. Pure. */
public final class EventTypes {
    /** All of them. */
    public static final List<String> ALL = List.of(
            "action.started",
            "amd.result",
            "call.answered",
            "call.canceling",
            "call.created",
            "call.deleted",
            "call.dialing",
            "call.ended",
            "call.incoming",
            "call.ringing",
            "call.terminating",
            "call.timeout",
            "call.updated",
            "campaign.created",
            "campaign.ended",
            "campaign.updated",
            "dtmf.received",
            "dtmf.sent",
            "error",
            "flow.ended",
            "flow.started",
            "gather.done",
            "groupcall.answered",
            "groupcall.created",
            "groupcall.ended",
            "media.done",
            "media.started",
            "recording.done",
            "recording.started",
            "trunk.failed",
            "trunk.registered");

    private EventTypes() {}

    /** Whether some event is of the type, or of the kind where it is written as {@code call.*}. */
    public static boolean hasAny(String wanted) {
        return ALL.stream().anyMatch(type -> isOf(wanted, type));
    }

    /** Whether a type is the wanted one, or of the wanted kind. */
    public static boolean isOf(String wanted, String type) {
        return wanted.endsWith(".*") ? type.startsWith(wanted.substring(0, wanted.length() - 1)) : wanted.equals(type);
    }
}
