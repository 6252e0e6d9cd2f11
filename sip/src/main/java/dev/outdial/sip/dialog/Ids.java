package dev.outdial.sip.dialog;

import dev.outdial.sip.auth.DigestAuth;
import java.util.Set;

/**
 * What the next message is written with.
 *
 * @param serial the number of the next branch
 * @param localCseq the number of our latest request
 * @param remoteCseq the highest number of a request of the far end
 * @param farEndAllows its methods, in capitals; empty where it never said
 */
record Ids(Dialog dialog, DigestAuth auth, int serial, long localCseq, long remoteCseq, Set<String> farEndAllows) {
    Ids numbered(DigestAuth nextAuth) {
        return new Ids(dialog, nextAuth, serial + 1, localCseq + 1, remoteCseq, farEndAllows);
    }

    Ids serialTaken() {
        return new Ids(dialog, auth, serial + 1, localCseq, remoteCseq, farEndAllows);
    }

    Ids heard(long cseq) {
        return new Ids(dialog, auth, serial, localCseq, Math.max(remoteCseq, cseq), farEndAllows);
    }

    Ids at(Dialog newDialog) {
        return new Ids(newDialog, auth, serial, localCseq, remoteCseq, farEndAllows);
    }

    Ids allowing(Set<String> methods) {
        return new Ids(dialog, auth, serial, localCseq, remoteCseq, methods);
    }
}
