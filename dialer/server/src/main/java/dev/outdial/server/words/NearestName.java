package dev.outdial.server.words;

import dev.outdial.dialer.flow.NearestWord;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds what somebody meant who misspelt the name of a field. Not for suggestions among more than some hundred names. */
public final class NearestName {
    private NearestName() {}

    /** The nearest of the known names, or one that begins so; empty where none is near: more than a third of its letters differ. */
    public static Optional<String> of(String given, Collection<String> known) {
        Map<String, String> byPlainName = new LinkedHashMap<>();
        known.forEach(name -> byPlainName.putIfAbsent(plain(name), name));
        return NearestWord.among(byPlainName.keySet(), plain(given)).map(byPlainName::get);
    }

    /** {@code ringTimeout} and {@code ring-timeout} are {@code ring_timeout} to who reads quickly. */
    private static String plain(String name) {
        return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
    }
}
