package dev.outdial.dialer.flow;

/** Why a flow ends its call, in the words of a flow's author. */
public enum HangupReason {
    NORMAL("normal"),
    FAILED("failed"),
    BUSY("busy"),
    CANCEL("cancel"),
    TIMEOUT("timeout"),
    NO_ANSWER("noanswer"),
    DIALOUT("dialout"),
    AMD("amd");

    private final String word;

    HangupReason(String word) {
        this.word = word;
    }

    /** As it is written in a flow. */
    public String word() {
        return word;
    }
}
