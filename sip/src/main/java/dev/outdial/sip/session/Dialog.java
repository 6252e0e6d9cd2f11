package dev.outdial.sip.session;

import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.NameAddress;
import dev.outdial.sip.message.NextHop;
import dev.outdial.sip.message.Parameters;
import dev.outdial.sip.message.SipResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A dialog that a 2xx to our INVITE set up (RFC 3261 section 12.1.2).
 *
 * @param to the To header with the remote tag
 * @param remoteTarget the URI of the far end's Contact
 * @param routes the route set, nearest first, each in angle brackets
 */
record Dialog(String to, String remoteTarget, List<String> routes) {
    private static final int MOST_ROUTES = 16;

    static Dialog setUpBy(SipResponse response, SessionSetup setup) {
        Headers headers = response.headers();
        String target = headers.first("Contact")
                .flatMap(NameAddress::parse)
                .map(NameAddress::uri)
                .filter(Dialog::isUsable)
                .orElse(setup.target().toString());
        var routes = new ArrayList<String>();
        headers.all("Record-Route").stream()
                .flatMap(route -> NameAddress.parse(route).stream())
                .map(NameAddress::uri)
                .filter(Dialog::isUsable)
                .limit(MOST_ROUTES)
                .forEach(uri -> routes.add('<' + uri + '>'));
        Collections.reverse(routes);
        return new Dialog(headers.first("To").orElse(""), target, List.copyOf(routes));
    }

    /** The Request-URI: the remote target, or the nearest route where that is a strict router (RFC 3261 section 12.2.1.1). */
    String requestUri() {
        return asRequestUri(isStrict() ? nearest() : remoteTarget);
    }

    /** The Route header fields: those of the route set, or what is left of it with the remote target behind. */
    List<String> routeHeaders() {
        if (!isStrict()) return routes;
        var headers = new ArrayList<>(routes.subList(1, routes.size()));
        headers.add('<' + remoteTarget + '>');
        return headers;
    }

    private boolean isStrict() {
        return !routes.isEmpty() && !parametersOf(nearest()).containsKey("lr");
    }

    private String nearest() {
        String route = routes.getFirst();
        return route.substring(1, route.length() - 1);
    }

    // A semicolon may stand in the user part as well.
    private static Map<String, String> parametersOf(String uri) {
        int semicolon = uri.indexOf(';', uri.lastIndexOf('@') + 1);
        return semicolon < 0 ? Map.of() : Parameters.parse(withoutHeaders(uri).substring(semicolon), ';');
    }

    // RFC 3261 19.1.1: neither headers nor a method may stand there.
    private static String asRequestUri(String uri) {
        return withoutHeaders(uri).replaceAll("(?i);method=[^;]*", "");
    }

    private static String withoutHeaders(String uri) {
        int question = uri.indexOf('?', uri.lastIndexOf('@') + 1);
        return question < 0 ? uri : uri.substring(0, question);
    }

    /** Where requests within the dialog are sent. */
    Hop hop(Hop first) {
        return NextHop.of(asRequestUri(routes.isEmpty() ? remoteTarget : nearest()), first);
    }

    private static boolean isUsable(String uri) {
        String lower = uri.toLowerCase(Locale.ROOT);
        return (lower.startsWith("sip:") || lower.startsWith("sips:"))
                && uri.length() <= 1024
                && uri.chars().noneMatch(c -> c <= ' ' || c == '<' || c == '>' || c == '"');
    }
}
