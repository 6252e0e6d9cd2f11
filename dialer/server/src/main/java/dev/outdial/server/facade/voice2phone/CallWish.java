package dev.outdial.server.facade.voice2phone;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A call as a client asks for it.
 *
 * @param number E.164
 * @param message what is said
 * @param answers what is said when a key is pressed, by the key: 0-9, *, #, A-D
 */
record CallWish(String number, String message, Map<Character, String> answers) {
    /** Copies and sorts the map. */
    CallWish {
        answers = Collections.unmodifiableMap(new TreeMap<>(answers));
    }
}
