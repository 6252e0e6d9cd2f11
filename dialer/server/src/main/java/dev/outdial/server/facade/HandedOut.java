package dev.outdial.server.facade;

import dev.outdial.server.calls.FacadeKeyRecord;
import dev.outdial.server.calls.Secret;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a client is given of a credential, in the words of the API that it is for. */
public final class HandedOut {
    private static final int RADIX = 36;

    private HandedOut() {}

    /** By names as that API has them, in the order in which they are needed. */
    public static Map<String, String> of(FacadeKeyRecord key, Secret secret) {
        var words = new LinkedHashMap<String, String>();
        switch (key.facade()) {
            case "neutrino" -> {
                words.put("User-ID", key.name());
                words.put("API-Key", secret.value());
            }
            case "cequens" -> {
                words.put("userName", key.name());
                words.put("apiKey", secret.value());
            }
            case "voice2phone" -> words.put("key", secret.value());
            case "bandwidth" -> {
                words.put("userId", bandwidthUser(key.account()));
                words.put("apiToken", key.name());
                words.put("apiSecret", secret.value());
            }
            default -> {
                words.put("username", key.name());
                words.put("password", secret.value());
            }
        }
        return words;
    }

    /** How the secret is shown to that API. */
    public static String use(String facade) {
        return switch (facade) {
            case "neutrino" -> "the headers User-ID and API-Key, or user-id and api-key in the query or the body";
            case "cequens" -> "POST /auth/v1/tokens with apiKey and userName gives a token: Authorization: Bearer ...";
            case "voice2phone" -> "the key as the user name of Basic credentials, or as it is in Authorization";
            case "bandwidth" -> "apiToken and apiSecret as Basic credentials, under /v1/users/{userId}";
            default ->
                "POST /auth/login with username and password gives a token: ?token=, or Authorization: Bearer ...";
        };
    }

    /** The user of an account as bandwidth has it: {@code u-} and the account's number in small letters and digits; {@code u-1} for the first. */
    public static String bandwidthUser(String account) {
        return "u-"
                + new BigInteger(account.replace("-", ""), 16).toString(RADIX).toLowerCase(Locale.ROOT);
    }
}
