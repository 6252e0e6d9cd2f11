package dev.outdial.sip.dialog;

import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.SipAnswer;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.SipUri;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What is understood, and what is answered to requests that do not change a session, within a dialog and out of one. Pure. */
public final class InDialogRequests {
    /** The methods that are understood. */
    public static final String ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, PRACK, NOTIFY";
    /** The bodies that are understood. */
    public static final String ACCEPT = MessageBody.SDP;

    /** The extensions that a far end may ask for within a dialog. */
    static final String SUPPORTED = SessionTimer.OPTION_TAG;

    // 100rel concerns provisional responses of ours, and within a dialog there are none but 100.
    private static final Set<String> KNOWN_EXTENSIONS = Set.of(SessionTimer.OPTION_TAG, "100rel");
    private static final int MOST_TOKENS = 32;
    private static final int LONGEST_TOKEN = 32;
    private static final SipAnswer NO_DIALOG = SipAnswer.of(481, "Call/Transaction Does Not Exist");

    private InDialogRequests() {}

    /**
     * The answer to a request within a dialog other than BYE; empty for an ACK, which has none.
     *
     * @param contact where the far end reaches us
     */
    public static Optional<SipAnswer> answer(SipRequest request, SipUri contact) {
        if (request.method().equals("ACK")) return Optional.empty();
        Optional<SipAnswer> refusal = unknownExtension(request);
        if (refusal.isPresent()) return refusal;
        return Optional.of(
                switch (request.method()) {
                    // The session goes on as it was agreed (RFC 3261 14.2).
                    case "INVITE" -> SipAnswer.of(488, "Not Acceptable Here");
                    case "UPDATE" ->
                        request.body().isPresent()
                                ? SipAnswer.of(488, "Not Acceptable Here")
                                // RFC 3311 5.2: it refreshes the target.
                                : SipAnswer.of(200, "OK").plus("Contact", '<' + contact.toString() + '>');
                    case "OPTIONS" -> capabilities();
                    // An empty INFO is a question whether we are alive.
                    case "INFO" ->
                        request.body().isPresent()
                                ? SipAnswer.of(415, "Unsupported Media Type")
                                : SipAnswer.of(200, "OK");
                    // Every request that can be cancelled was answered at once.
                    case "CANCEL" -> NO_DIALOG;
                    default -> notSupported(request.method());
                });
    }

    /** The answer to a request that belongs to no dialog of ours; empty for an ACK. */
    public static Optional<SipAnswer> answerOutOfDialog(SipRequest request) {
        if (request.method().equals("ACK")) return Optional.empty();
        if (!request.toTag().isEmpty()) return Optional.of(NO_DIALOG);
        return Optional.of(
                switch (request.method()) {
                    case "OPTIONS" -> unknownExtension(request).orElseGet(InDialogRequests::capabilities);
                    case "INVITE" -> SipAnswer.of(480, "This agent takes no calls");
                    case "BYE", "CANCEL", "INFO", "UPDATE", "PRACK" -> NO_DIALOG;
                    default -> notSupported(request.method());
                });
    }

    /** The methods that the sender of a message allows, in capitals; empty where it does not say. */
    public static Set<String> allowedIn(Headers headers) {
        var methods = new TreeSet<String>();
        for (String method : tokens(headers, "Allow")) methods.add(method.toUpperCase(Locale.ROOT));
        return methods;
    }

    /** The first tokens of a comma separated list. */
    static List<String> tokens(Headers headers, String name) {
        return headers.all(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",", MOST_TOKENS)))
                .map(String::strip)
                .filter(token -> !token.isEmpty() && token.length() <= LONGEST_TOKEN)
                .limit(MOST_TOKENS)
                .toList();
    }

    /** What somebody is told who means a dialog, or a transaction, that is not there. */
    public static SipAnswer noDialog() {
        return NO_DIALOG;
    }

    /** The answer to a request within a dialog that neither changes, tells nor ends anything. */
    static SipAnswer other(String method) {
        return switch (method) {
            case "OPTIONS" -> capabilities();
            // Nobody is transferred by somebody else's word.
            case "REFER" -> SipAnswer.of(603, "Decline");
            // No provisional response of ours within a dialog is reliable (RFC 3262 section 3).
            case "PRACK" -> NO_DIALOG;
            default -> notSupported(method);
        };
    }

    private static SipAnswer capabilities() {
        return SipAnswer.of(200, "OK")
                .plus("Allow", ALLOW)
                .plus("Accept", ACCEPT)
                .plus("Supported", SUPPORTED);
    }

    private static SipAnswer notSupported(String method) {
        return switch (method) {
            case "REGISTER", "PRACK", "SUBSCRIBE", "NOTIFY", "PUBLISH", "REFER", "MESSAGE" ->
                SipAnswer.of(405, "Method Not Allowed").plus("Allow", ALLOW);
            default -> SipAnswer.of(501, "Not Implemented").plus("Allow", ALLOW);
        };
    }

    /** RFC 3261 8.2.2.3: what is required and not known is refused by name. */
    static Optional<SipAnswer> unknownExtension(SipRequest request) {
        if (request.method().equals("CANCEL")) return Optional.empty();
        List<String> unknown = tokens(request.headers(), "Require").stream()
                .filter(tag -> !KNOWN_EXTENSIONS.contains(tag.toLowerCase(Locale.ROOT)))
                .toList();
        if (unknown.isEmpty()) return Optional.empty();
        return Optional.of(SipAnswer.of(420, "Bad Extension").plus("Unsupported", String.join(", ", unknown)));
    }
}
