package dev.outdial.sip.incoming;

import dev.outdial.sip.dialog.Dialog;
import dev.outdial.sip.dialog.InDialogRequests;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.Tokens;
import java.util.Optional;
import java.util.Set;

/**
 * What a call to us begins with.
 *
 * @param invite the INVITE, which {@link OutOfDialog#refusal} has nothing against
 * @param branch that of its topmost Via
 * @param source where it came from
 * @param contact where the far end reaches us
 * @param product the User-Agent header
 * @param tokens the random words; its tag is the one that we put into To
 * @param infoTypes the media types of INFO that are taken, in lower case
 */
public record IncomingSetup(
        SipRequest invite,
        String branch,
        Hop source,
        SipUri contact,
        String product,
        Tokens tokens,
        Set<String> infoTypes) {
    /** Takes a copy. */
    public IncomingSetup {
        infoTypes = Set.copyOf(infoTypes);
    }

    String localTag() {
        return tokens.localTag();
    }

    Dialog dialog() {
        return Dialog.ofRequest(invite, localTag(), source);
    }

    long cseq() {
        return numberOf(invite);
    }

    static long numberOf(SipRequest request) {
        return request.headers().first("CSeq").flatMap(Headers::leadingNumber).orElse(0L);
    }

    /** The offer; where there is none, ours is wanted. */
    Optional<MessageBody> offer() {
        return description(invite);
    }

    /** The session description of a request. */
    static Optional<MessageBody> description(SipRequest request) {
        return request.body().filter(body -> body.is(MessageBody.SDP));
    }

    /** Whether the caller demands that extension. */
    public boolean requires(String option) {
        return OutOfDialog.words(invite.headers(), "Require").anyMatch(option::equalsIgnoreCase);
    }

    boolean supports(String option) {
        return requires(option)
                || OutOfDialog.words(invite.headers(), "Supported").anyMatch(option::equalsIgnoreCase);
    }

    /** The methods that the far end allows, in capitals; empty where it did not say. */
    Set<String> farEndAllows() {
        return InDialogRequests.allowedIn(invite.headers());
    }

    /** The number of the first reliable provisional response (RFC 3262 section 3: random, below 2^31). */
    long firstRseq() {
        return 1 + (tokens.cnonce().hashCode() & 0x3fff_ffffL);
    }
}
