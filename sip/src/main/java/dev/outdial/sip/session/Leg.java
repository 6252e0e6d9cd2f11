package dev.outdial.sip.session;

import dev.outdial.sip.auth.DigestAuth.Tries;
import dev.outdial.sip.dialog.Dialog;
import dev.outdial.sip.message.OutboundRequest;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One dialog that a 2xx set up; a forked INVITE may set up several.
 *
 * @param dialog who is there
 * @param ack sent again whenever the 2xx comes again
 * @param bye our latest BYE
 * @param byeTries how often that was challenged
 * @param byeCause the Q.850 cause that it carries
 * @param cseq the number of the latest request within the dialog
 */
record Leg(
        Dialog dialog,
        OutboundRequest ack,
        Optional<OutboundRequest> bye,
        Tries byeTries,
        OptionalInt byeCause,
        long cseq) {
    static Leg acknowledged(Dialog dialog, OutboundRequest ack, long cseq) {
        return new Leg(dialog, ack, Optional.empty(), Tries.NONE, OptionalInt.empty(), cseq);
    }

    Leg closing(OutboundRequest newBye, Tries tries, OptionalInt cause) {
        return new Leg(dialog, ack, Optional.of(newBye), tries, cause, cseq + 1);
    }

    boolean sentBye(String branch) {
        return bye.isPresent() && bye.get().branch().equals(branch);
    }
}
