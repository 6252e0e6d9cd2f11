package dev.outdial.sip.incoming;

import dev.outdial.sip.dialog.InDialogRequests;
import dev.outdial.sip.message.Header;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.SipAnswer;
import dev.outdial.sip.message.SipUri;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes the answers to an INVITE. */
final class Answers {
    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(180, "Ringing"),
            Map.entry(181, "Call Is Being Forwarded"),
            Map.entry(182, "Queued"),
            Map.entry(183, "Session Progress"),
            Map.entry(302, "Moved Temporarily"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(406, "Not Acceptable"),
            Map.entry(408, "Request Timeout"),
            Map.entry(410, "Gone"),
            Map.entry(480, "Temporarily Unavailable"),
            Map.entry(484, "Address Incomplete"),
            Map.entry(486, "Busy Here"),
            Map.entry(487, "Request Terminated"),
            Map.entry(488, "Not Acceptable Here"),
            Map.entry(500, "Server Internal Error"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(600, "Busy Everywhere"),
            Map.entry(603, "Decline"),
            Map.entry(604, "Does Not Exist Anywhere"),
            Map.entry(606, "Not Acceptable"),
            Map.entry(607, "Unwanted"));

    private Answers() {}

    static SipAnswer provisional(IncomingSetup setup, int status, Optional<MessageBody> body) {
        SipAnswer answer = of(setup, status).plus("Contact", contact(setup)).plus("Allow", InDialogRequests.ALLOW);
        return body.map(answer::carrying).orElse(answer);
    }

    static SipAnswer reliable(IncomingSetup setup, int status, Optional<MessageBody> body, long rseq) {
        return provisional(setup, status, body).plus("Require", "100rel").plus("RSeq", Long.toString(rseq));
    }

    static SipAnswer accepted(IncomingSetup setup, List<Header> interval, Optional<MessageBody> body) {
        SipAnswer answer = SipAnswer.of(200, "OK")
                .tagged(setup.localTag())
                .plus("Contact", contact(setup))
                .plus("Allow", InDialogRequests.ALLOW)
                .plus("Accept", InDialogRequests.ACCEPT)
                .plus("Supported", "100rel, timer, replaces")
                .plus("Server", setup.product());
        for (Header header : interval) answer = answer.plus(header.name(), header.value());
        return body.map(answer::carrying).orElse(answer);
    }

    /** With the usual words where none are given. */
    static SipAnswer rejected(IncomingSetup setup, int status, String reason, List<Header> headers) {
        SipAnswer answer = SipAnswer.of(status, reason.isBlank() ? reasonOf(status) : reason)
                .tagged(setup.localTag());
        for (Header header : headers) answer = answer.plus(header.name(), header.value());
        return answer;
    }

    static SipAnswer redirected(IncomingSetup setup, List<SipUri> contacts) {
        String list = contacts.stream().map(uri -> "<" + uri + ">").collect(Collectors.joining(", "));
        return of(setup, 302).plus("Contact", list);
    }

    static SipAnswer of(IncomingSetup setup, int status) {
        return SipAnswer.of(status, reasonOf(status)).tagged(setup.localTag());
    }

    static String reasonOf(int status) {
        return REASONS.getOrDefault(
                status, status < 200 ? "Session Progress" : status < 400 ? "Moved" : "Not Available");
    }

    static String contact(IncomingSetup setup) {
        return '<' + setup.contact().toString() + '>';
    }
}
