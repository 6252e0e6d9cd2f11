package dev.outdial.sip.message;

import java.util.Optional;

/**
 * What proves to a trunk who is calling. Given out to nobody but the digest function; {@link #toString} shows no password.
 *
 * @param user the authentication user name
 * @param password the password
 * @param realm the only realm that is answered; where empty, the first realm that challenges is the only one
 */
public record Credentials(String user, String password, Optional<String> realm) {
    /** Refuses an empty user and control characters. */
    public Credentials {
        if (user.isEmpty()) throw new IllegalArgumentException("the authentication user name is empty");
        Text.withoutControls("the authentication user name", user);
        Text.withoutControls("the password", password);
        realm.ifPresent(r -> Text.withoutControls("the realm", r));
    }

    /** Credentials for whichever realm challenges first. */
    public static Credentials of(String user, String password) {
        return new Credentials(user, password, Optional.empty());
    }

    @Override
    public String toString() {
        return "Credentials[user=" + user + ", password=***, realm=" + realm.orElse("any") + "]";
    }
}
