package dev.outdial.media.sdp;

/** The two ends cannot talk, and this is why: one sentence for a person. Never leaves the package. */
final class NoAgreement extends Exception {
    private final String why;

    NoAgreement(String why) {
        super(why, null, false, false);
        this.why = why;
    }

    String why() {
        return why;
    }
}
