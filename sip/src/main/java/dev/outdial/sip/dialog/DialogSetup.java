package dev.outdial.sip.dialog;

import dev.outdial.sip.auth.DigestAuth;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.Tokens;
import java.util.Optional;
import java.util.Set;

/**
 * What the INVITE and its answer leave to the dialog that they set up.
 *
 * @param dialog who, and by which way
 * @param weCalled whether the INVITE was ours
 * @param contact where the far end reaches us
 * @param product the User-Agent header
 * @param auth answers challenges, with the nonces known
 * @param localCseq the number of our latest request, 0 for none
 * @param remoteCseq the number of the far end's latest request, 0 for none
 * @param tokens the random words, of which no other machine draws (see {@link Tokens#within})
 * @param infoTypes the media types of INFO that are taken, in lower case
 * @param timer who refreshes the session and how often, where that was agreed (RFC 4028)
 * @param farEndAllows the methods that the far end allows, in capitals (see {@link InDialogRequests#allowedIn}); empty where it did not say
 * @param localDescription the session description that we sent last: what a refresh by re-INVITE repeats
 */
public record DialogSetup(
        Dialog dialog,
        boolean weCalled,
        SipUri contact,
        String product,
        DigestAuth auth,
        long localCseq,
        long remoteCseq,
        Tokens tokens,
        Set<String> infoTypes,
        Optional<SessionTimer.Terms> timer,
        Set<String> farEndAllows,
        Optional<MessageBody> localDescription) {
    /** Takes copies. */
    public DialogSetup {
        infoTypes = Set.copyOf(infoTypes);
        farEndAllows = Set.copyOf(farEndAllows);
    }

    /** One that can be refreshed by UPDATE only. */
    public DialogSetup(
            Dialog dialog,
            boolean weCalled,
            SipUri contact,
            String product,
            DigestAuth auth,
            long localCseq,
            long remoteCseq,
            Tokens tokens,
            Set<String> infoTypes,
            Optional<SessionTimer.Terms> timer,
            Set<String> farEndAllows) {
        this(
                dialog,
                weCalled,
                contact,
                product,
                auth,
                localCseq,
                remoteCseq,
                tokens,
                infoTypes,
                timer,
                farEndAllows,
                Optional.empty());
    }
}
