package dev.outdial.sip.dialog;

/** How far a REFER of ours has come (RFC 3515). */
sealed interface Transfer {
    /** None was sent. */
    record None() implements Transfer {}

    /** It is out; its response is awaited. */
    record Asking(Sent sent) implements Transfer {}

    /**
     * The far end took it on and reports.
     *
     * @param status what was told last
     */
    record Reporting(int status) implements Transfer {}

    /** The last word was told. */
    record Told() implements Transfer {}
}
