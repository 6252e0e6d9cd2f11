package dev.outdial.sip.session;

import dev.outdial.sip.auth.DigestAuth.Tries;
import dev.outdial.sip.dialog.Dialog;
import dev.outdial.sip.message.OutboundRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One dialog that a provisional response set up; a forked INVITE may set up several.
 *
 * @param dialog who is there
 * @param rseq the number of the latest reliable response that was acknowledged
 * @param described whether a reliable response answered our offer
 * @param localCseq the number of our latest request within it
 * @param remoteCseq the number of the far end's latest request within it
 * @param pracks those whose final response is awaited
 */
record EarlyLeg(
        Dialog dialog, OptionalLong rseq, boolean described, long localCseq, long remoteCseq, List<Prack> pracks) {
    private static final int MOST_PRACKS = 8;

    /**
     * A PRACK.
     *
     * @param request as it was sent
     * @param rack the value of RAck
     * @param tries how often it was sent with credentials because it was challenged
     */
    record Prack(OutboundRequest request, String rack, Tries tries) {}

    static EarlyLeg of(Dialog dialog, long cseq) {
        return new EarlyLeg(dialog, OptionalLong.empty(), false, cseq, 0, List.of());
    }

    EarlyLeg at(Dialog newDialog) {
        return new EarlyLeg(newDialog, rseq, described, localCseq, remoteCseq, pracks);
    }

    EarlyLeg heardReliably(long number, boolean withDescription) {
        return new EarlyLeg(
                dialog, OptionalLong.of(number), described || withDescription, localCseq, remoteCseq, pracks);
    }

    EarlyLeg heardRequest(long cseq) {
        return new EarlyLeg(dialog, rseq, described, localCseq, Math.max(cseq, remoteCseq), pracks);
    }

    EarlyLeg sent(Prack prack) {
        var open = new ArrayList<>(pracks);
        if (open.size() >= MOST_PRACKS) open.removeFirst();
        open.add(prack);
        return new EarlyLeg(dialog, rseq, described, localCseq + 1, remoteCseq, List.copyOf(open));
    }

    EarlyLeg settled(Prack prack) {
        return new EarlyLeg(
                dialog,
                rseq,
                described,
                localCseq,
                remoteCseq,
                pracks.stream().filter(p -> !p.equals(prack)).toList());
    }

    Optional<Prack> prack(String branch) {
        return pracks.stream().filter(p -> p.request().branch().equals(branch)).findFirst();
    }
}
