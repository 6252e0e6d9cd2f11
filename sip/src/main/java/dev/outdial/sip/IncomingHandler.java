package dev.outdial.sip;

/** Hears of calls to us. */
@FunctionalInterface
public interface IncomingHandler {
    /**
     * Somebody calls. Whoever is not {@linkplain IncomingInvite#take taken} or {@linkplain IncomingInvite#refuse refused} within 5 seconds is
     * answered 480. <b>Threading:</b> called on a thread of the transport, several at a time; must only pass it on.
     */
    void invited(IncomingInvite invite);
}
