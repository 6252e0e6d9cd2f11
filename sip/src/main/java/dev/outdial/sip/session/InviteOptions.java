package dev.outdial.sip.session;

import dev.outdial.sip.dialog.SessionTimer;
import dev.outdial.sip.message.NameAddress;
import dev.outdial.sip.message.Text;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an INVITE may ask for beyond the call itself.
 *
 * @param identity how the caller is shown
 * @param routes the way that requests out of dialogs take (Route), nearest first, such as the Service-Route of a registration (RFC 3608);
 *     each {@code <sip:...>}, at most 16
 * @param reliable whether provisional responses must be reliable ({@code Require: 100rel}, RFC 3262); otherwise they may be
 * @param timer after how long without a refresh the session is to be over (RFC 4028); empty to leave it to the far end to ask for that
 * @param infoTypes the media types of INFO that are told; others are answered 415
 */
public record InviteOptions(
        CallerIdentity identity,
        List<String> routes,
        boolean reliable,
        Optional<SessionTimer.Wish> timer,
        Set<String> infoTypes) {
    /** The types of INFO that carry digits. */
    public static final Set<String> DIGITS = Set.of("application/dtmf-relay", "application/dtmf");
    /** What a call needs that has no wishes. */
    public static final InviteOptions USUAL =
            new InviteOptions(CallerIdentity.PLAIN, List.of(), false, Optional.of(SessionTimer.Wish.DEFAULT), DIGITS);

    private static final int MOST_ROUTES = 16;

    /** Checks the parts. */
    public InviteOptions {
        routes = List.copyOf(routes);
        infoTypes =
                infoTypes.stream().map(type -> type.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        if (routes.size() > MOST_ROUTES)
            throw new IllegalArgumentException(routes.size() + " routes; at most " + MOST_ROUTES);
        routes.forEach(InviteOptions::checkRoute);
    }

    private static void checkRoute(String route) {
        Text.withoutControls("a route", route);
        boolean usable = route.startsWith("<")
                && NameAddress.parse(route)
                        .map(address -> address.uri().toLowerCase(Locale.ROOT))
                        .filter(uri -> uri.startsWith("sip:") || uri.startsWith("sips:"))
                        .isPresent();
        if (!usable) throw new IllegalArgumentException("route '" + Text.shown(route) + "' is not <sip:host;lr>");
    }

    /** The same, showing the caller in another way. */
    public InviteOptions showing(CallerIdentity newIdentity) {
        return new InviteOptions(newIdentity, routes, reliable, timer, infoTypes);
    }

    /** The same, by another way. */
    public InviteOptions via(List<String> newRoutes) {
        return new InviteOptions(identity, newRoutes, reliable, timer, infoTypes);
    }

    /** The same, with reliable provisional responses or none. */
    public InviteOptions requiringReliable() {
        return new InviteOptions(identity, routes, true, timer, infoTypes);
    }
}
