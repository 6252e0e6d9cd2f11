package dev.outdial.sip.session;

import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.NameAddress;
import dev.outdial.sip.message.NextHop;
import dev.outdial.sip.message.SipResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

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

    /** Where requests within the dialog are sent. */
    Hop hop(Hop first) {
        String next = routes.isEmpty()
                ? remoteTarget
                : routes.getFirst().substring(1, routes.getFirst().length() - 1);
        return NextHop.of(next, first);
    }

    private static boolean isUsable(String uri) {
        String lower = uri.toLowerCase(Locale.ROOT);
        return (lower.startsWith("sip:") || lower.startsWith("sips:"))
                && uri.length() <= 1024
                && uri.chars().noneMatch(c -> c <= ' ' || c == '<' || c == '>' || c == '"');
    }
}
