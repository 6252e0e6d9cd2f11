package dev.outdial.sip.registration;

/** How a registration stands. Times are of the caller's monotonic clock. */
sealed interface RegistrationPhase {
    /** A REGISTER is out. */
    record Asking(long giveUpAtNanos) implements RegistrationPhase {}

    /** The binding holds. */
    record Bound(long refreshAtNanos) implements RegistrationPhase {}

    /** The binding holds, and a REGISTER is out that removes earlier ones of ours. */
    record Tidying(long refreshAtNanos, long giveUpAtNanos) implements RegistrationPhase {}

    /**
     * It went wrong; it is tried again.
     *
     * @param refused the registrar has said no: it is not asked sooner than it or the back-off says
     */
    record Waiting(long retryAtNanos, boolean refused) implements RegistrationPhase {}

    /** It went wrong for good. */
    record Stopped() implements RegistrationPhase {}

    /** The user wants to leave while a REGISTER is out: its answer decides whether there is anything to remove. */
    record LeavingSoon(long giveUpAtNanos) implements RegistrationPhase {}

    /** The REGISTER that removes the binding is out. */
    record Leaving(long giveUpAtNanos) implements RegistrationPhase {}

    /** Gone. */
    record Gone() implements RegistrationPhase {}
}
