package dev.outdial.server.calls;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Passwords that stand in web addresses, as in {@code https://user:password@host/}. Pure. */
public final class UrlPassword {
    /** The user and the password stand before the last at sign of what comes before the path. */
    private static final Pattern USER_INFO = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*://)([^/?#]*)@");

    private UrlPassword() {}

    /** The same address as it is shown: {@code https://user:***@host/}. */
    public static String masked(String url) {
        Matcher found = USER_INFO.matcher(url);
        if (!found.find()) return url;
        int colon = found.group(2).indexOf(':');
        if (colon < 0) return url;
        return found.group(1) + found.group(2).substring(0, colon) + ":***@" + url.substring(found.end());
    }

    /** The same address without user and password. */
    public static String without(String url) {
        Matcher found = USER_INFO.matcher(url);
        return found.find() ? found.group(1) + url.substring(found.end()) : url;
    }
}
