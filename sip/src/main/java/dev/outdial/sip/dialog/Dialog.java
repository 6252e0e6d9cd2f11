package dev.outdial.sip.dialog;

import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.HostPort;
import dev.outdial.sip.message.NameAddress;
import dev.outdial.sip.message.NextHop;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.Parameters;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.SipResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A dialog as we see it (RFC 3261 section 12): who is at either end, and the way there. A value; numbers are kept elsewhere.
 *
 * @param callId the Call-ID of all its messages
 * @param local our From in its requests, with our tag
 * @param remote our To in its requests, with the tag of the far end (which may be empty: RFC 2543)
 * @param remoteTarget the URI of the far end's Contact
 * @param routes the route set, nearest first, each in angle brackets
 * @param firstHop where the INVITE went, or came from: where requests go whose way is a name
 */
public record Dialog(
        String callId, String local, String remote, String remoteTarget, List<String> routes, Hop firstHop) {
    private static final int MOST_ROUTES = 16;
    private static final Pattern METHOD = Pattern.compile("(?i);method=[^;]*");

    /** Takes a copy of the routes. */
    public Dialog {
        routes = List.copyOf(routes);
    }

    /** The one that a response to our INVITE sets up (section 12.1.2), early by a provisional response or confirmed by a 2xx. */
    public static Dialog ofAnswer(SipResponse response, OutboundRequest invite) {
        Headers headers = response.headers();
        List<String> routes = new ArrayList<>(routesIn(headers));
        Collections.reverse(routes);
        return new Dialog(
                invite.request().callId(),
                invite.request().headers().first("From").orElse(""),
                headers.first("To").orElse(""),
                target(headers).orElse(invite.request().uri()),
                routes,
                invite.hop());
    }

    /**
     * The one that our answer to an INVITE sets up (section 12.1.1).
     *
     * @param localTag the tag that our answers put into To
     * @param source where the INVITE came from
     */
    public static Dialog ofRequest(SipRequest invite, String localTag, Hop source) {
        Headers headers = invite.headers();
        String from = headers.first("From").orElse("");
        return new Dialog(
                invite.callId(),
                headers.first("To").orElse("") + ";tag=" + localTag,
                from,
                target(headers)
                        .or(() -> NameAddress.parse(from).map(NameAddress::uri).filter(Dialog::isUsable))
                        .orElse("sip:" + HostPort.of(source.address())),
                routesIn(headers),
                source);
    }

    /** The same after a target refresh (section 12.2): with the Contact of that message, where there is a usable one. */
    public Dialog refreshedBy(Headers headers) {
        return target(headers)
                .map(newTarget -> new Dialog(callId, local, remote, newTarget, routes, firstHop))
                .orElse(this);
    }

    /** Our tag. */
    public String localTag() {
        return tagOf(local);
    }

    /** The far end's tag, or an empty text. */
    public String remoteTag() {
        return tagOf(remote);
    }

    private static String tagOf(String address) {
        return NameAddress.parse(address)
                .map(parsed -> parsed.parameters().getOrDefault("tag", ""))
                .orElse("");
    }

    private static Optional<String> target(Headers headers) {
        return headers.first("Contact")
                .flatMap(NameAddress::parse)
                .map(NameAddress::uri)
                .filter(Dialog::isUsable);
    }

    private static List<String> routesIn(Headers headers) {
        return headers.all("Record-Route").stream()
                .flatMap(route -> NameAddress.parse(route).stream())
                .map(NameAddress::uri)
                .filter(Dialog::isUsable)
                .limit(MOST_ROUTES)
                .map(uri -> '<' + uri + '>')
                .toList();
    }

    /** The Request-URI: the remote target, or the nearest route where that is a strict router (RFC 3261 section 12.2.1.1). */
    public String requestUri() {
        return asRequestUri(isStrict() ? nearest() : remoteTarget);
    }

    /** The Route header fields: those of the route set, or what is left of it with the remote target behind. */
    public List<String> routeHeaders() {
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
        String bare = withoutHeaders(uri);
        return bare.indexOf(';') < 0 ? bare : METHOD.matcher(bare).replaceAll("");
    }

    private static String withoutHeaders(String uri) {
        int question = uri.indexOf('?', uri.lastIndexOf('@') + 1);
        return question < 0 ? uri : uri.substring(0, question);
    }

    /** Where requests within the dialog are sent. */
    public Hop hop() {
        return NextHop.of(asRequestUri(routes.isEmpty() ? remoteTarget : nearest()), firstHop);
    }

    private static boolean isUsable(String uri) {
        String lower = uri.toLowerCase(Locale.ROOT);
        return (lower.startsWith("sip:") || lower.startsWith("sips:"))
                && uri.length() <= 1024
                && uri.chars().noneMatch(c -> c <= ' ' || c == '<' || c == '>' || c == '"');
    }
}
