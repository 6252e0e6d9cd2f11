package dev.outdial.sip.incoming;

import dev.outdial.sip.dialog.InDialogRequests;
import dev.outdial.sip.dialog.SessionTimer;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.SipAnswer;
import dev.outdial.sip.message.SipRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What is answered to requests that belong to no dialog of ours, in the order of RFC 3261 section 8.2. Pure. */
public final class OutOfDialog {
    static final String NO_DIALOG = "Call/Transaction Does Not Exist";

    private static final Set<String> KNOWN_EXTENSIONS = Set.of("100rel", "timer", "replaces");
    private static final Set<String> METHODS = Set.of(
            "INVITE",
            "ACK",
            "CANCEL",
            "BYE",
            "OPTIONS",
            "INFO",
            "UPDATE",
            "PRACK",
            "REGISTER",
            "SUBSCRIBE",
            "NOTIFY",
            "PUBLISH",
            "REFER",
            "MESSAGE");
    private static final Set<String> WITHIN_A_DIALOG = Set.of("CANCEL", "BYE", "INFO", "UPDATE", "PRACK");
    private static final Set<String> SCHEMES = Set.of("sip", "sips", "tel");
    private static final long HIGHEST_CSEQ = 0x7fff_ffffL;

    private OutOfDialog() {}

    /** The answer where no call comes of it; empty for an ACK. */
    public static Optional<SipAnswer> answer(SipRequest request) {
        if (request.method().equals("ACK")) return Optional.empty();
        return Optional.of(refusal(request).orElseGet(() -> welcome(request)));
    }

    private static SipAnswer welcome(SipRequest request) {
        return request.method().equals("OPTIONS")
                ? SipAnswer.of(200, "OK")
                        .plus("Allow", InDialogRequests.ALLOW)
                        .plus("Accept", InDialogRequests.ACCEPT)
                        .plus("Supported", "100rel, timer, replaces")
                : SipAnswer.of(480, "This agent takes no calls");
    }

    /** What stands against an INVITE or OPTIONS, or any other request, without looking at who is called. */
    public static Optional<SipAnswer> refusal(SipRequest request) {
        if (!hasGoodCseq(request)) return Optional.of(SipAnswer.of(400, "Bad CSeq"));
        if (!request.toTag().isEmpty() || WITHIN_A_DIALOG.contains(request.method())) {
            return Optional.of(SipAnswer.of(481, NO_DIALOG));
        }
        return switch (request.method()) {
            case "INVITE" -> inviteRefusal(request);
            // Answering takes no next hop: who counts hops to find us does find us.
            case "OPTIONS" -> badTarget(request).or(() -> unknownExtension(request));
            default ->
                Optional.of((METHODS.contains(request.method())
                                ? SipAnswer.of(405, "Method Not Allowed")
                                : SipAnswer.of(501, "Not Implemented"))
                        .plus("Allow", InDialogRequests.ALLOW));
        };
    }

    private static Optional<SipAnswer> inviteRefusal(SipRequest invite) {
        if (invite.headers().first("Contact").isEmpty()) return Optional.of(SipAnswer.of(400, "Missing Contact"));
        return badTarget(invite)
                .or(() -> tooManyHops(invite))
                .or(() -> unknownExtension(invite))
                .or(() -> unreadableBody(invite))
                .or(() -> tooShortInterval(invite));
    }

    private static Optional<SipAnswer> tooShortInterval(SipRequest invite) {
        return switch (SessionTimer.ofRequest(invite.headers())) {
            case SessionTimer.Asked.TooSmall asked -> Optional.of(asked.answer());
            case SessionTimer.Asked.Agreed asked -> Optional.empty();
        };
    }

    private static Optional<SipAnswer> badTarget(SipRequest request) {
        int colon = request.uri().indexOf(':');
        String scheme = colon < 0 ? "" : request.uri().substring(0, colon).toLowerCase(Locale.ROOT);
        return SCHEMES.contains(scheme) ? Optional.empty() : Optional.of(SipAnswer.of(416, "Unsupported URI Scheme"));
    }

    private static Optional<SipAnswer> tooManyHops(SipRequest request) {
        boolean none = request.headers()
                .first("Max-Forwards")
                .flatMap(Headers::leadingNumber)
                .filter(left -> left == 0)
                .isPresent();
        return none ? Optional.of(SipAnswer.of(483, "Too Many Hops")) : Optional.empty();
    }

    /** RFC 3261 section 8.2.2.3: what is required and not known is refused by name. */
    static Optional<SipAnswer> unknownExtension(SipRequest request) {
        List<String> unknown = words(request.headers(), "Require")
                .filter(option -> !KNOWN_EXTENSIONS.contains(option.toLowerCase(Locale.ROOT)))
                .toList();
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of(SipAnswer.of(420, "Bad Extension").plus("Unsupported", String.join(", ", unknown)));
    }

    private static Optional<SipAnswer> unreadableBody(SipRequest invite) {
        if (invite.body().isEmpty() || isOptional(invite.headers())) return Optional.empty();
        boolean encoded = words(invite.headers(), "Content-Encoding").anyMatch(e -> !e.equalsIgnoreCase("identity"));
        if (encoded) {
            return Optional.of(SipAnswer.of(415, "Unsupported Content Encoding").plus("Accept-Encoding", "identity"));
        }
        return invite.body().get().is(MessageBody.SDP)
                ? Optional.empty()
                : Optional.of(SipAnswer.of(415, "Unsupported Media Type").plus("Accept", InDialogRequests.ACCEPT));
    }

    // RFC 3261 20.11: what need not be understood is passed over.
    private static boolean isOptional(Headers headers) {
        return headers.first("Content-Disposition")
                .filter(value -> value.toLowerCase(Locale.ROOT).replace(" ", "").contains("handling=optional"))
                .isPresent();
    }

    private static boolean hasGoodCseq(SipRequest request) {
        String cseq = request.headers().first("CSeq").orElse("").strip();
        Optional<Long> number = Headers.leadingNumber(cseq);
        String method = cseq.substring(cseq.lastIndexOf(' ') + 1);
        return number.isPresent() && number.get() <= HIGHEST_CSEQ && method.equalsIgnoreCase(request.method());
    }

    /** The words of a header that lists tokens. */
    static Stream<String> words(Headers headers, String name) {
        return headers.all(name).stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(String::strip)
                .filter(word -> !word.isEmpty());
    }
}
