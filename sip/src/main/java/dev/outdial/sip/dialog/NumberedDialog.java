package dev.outdial.sip.dialog;

/**
 * A dialog, and how far its requests were counted when it was looked at: what somebody needs who goes on with it later.
 *
 * @param localCseq the number of our latest request within it, 0 where there was none
 */
public record NumberedDialog(Dialog dialog, long localCseq) {
    /** Refuses a negative number, and one that CSeq cannot hold (RFC 3261 section 8.1.1.5). */
    public NumberedDialog {
        if (localCseq < 0 || localCseq >= 1L << 31) throw new IllegalArgumentException("CSeq " + localCseq);
    }
}
