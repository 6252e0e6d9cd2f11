package dev.outdial.testbed.dns;

import java.util.Locale;

/**
 * What a name server is asked.
 *
 * @param name in lower case, without a dot at the end
 * @param type such as 1 for A (RFC 1035 section 3.2.2)
 */
record Question(String name, int type) {
    static Question of(String name, int type) {
        String plain = name.toLowerCase(Locale.ROOT);
        return new Question(plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain, type);
    }
}
