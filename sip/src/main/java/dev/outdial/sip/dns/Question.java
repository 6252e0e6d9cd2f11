package dev.outdial.sip.dns;

import java.util.Locale;

/**
 * What a name server is asked.
 *
 * @param name absolute, in lower case, without a dot at the end
 * @param type the kind of records wanted
 */
record Question(String name, Type type) {
    enum Type {
        A,
        AAAA,
        SRV,
        NAPTR
    }

    Question {
        name = plain(name);
    }

    static String plain(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    boolean isForAddresses() {
        return type == Type.A || type == Type.AAAA;
    }

    @Override
    public String toString() {
        return name + ' ' + type;
    }
}
