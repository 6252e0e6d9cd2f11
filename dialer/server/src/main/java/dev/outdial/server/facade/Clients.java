package dev.outdial.server.facade;

import java.util.Optional;

/** Knows the clients of one API by what they show. <b>Threading:</b> any. */
public interface Clients {
    /**
     * Who that is; empty where the name is unknown, the secret wrong, or the account not enabled. Takes as long for a wrong secret as for the
     * right one.
     *
     * @param name the user name; empty where the secret is all that is shown
     * @param address from where it comes: who guesses often is told {@link Guess.TooMany}
     */
    Guess know(String name, String secret, String address);

    /** Who has that user name, whose secret was shown earlier: for tokens that were given out then. */
    Optional<Client> named(String name);

    /**
     * A token that the client of that name may show instead of its secret for a while. It is good on any server of the store, ends with the
     * credential that it stands for, and is stored nowhere.
     *
     * @param seconds how long it is good
     */
    String token(String name, long seconds);

    /** Whose token that is; empty where it is none, or not good any more. */
    Guess knowToken(String token, String address);

    /** What came of looking. */
    sealed interface Guess {
        /** It is known. */
        record Known(Client client) implements Guess {}

        /** It is not. */
        record Unknown() implements Guess {}

        /** Too many wrong ones came from there: this is one more, or a password that was not looked at. */
        record TooMany(long retryAfterSeconds) implements Guess {}
    }
}
