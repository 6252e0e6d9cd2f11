package dev.outdial.server.dashboard;

import dev.outdial.server.calls.Scope;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Asked;
import dev.outdial.server.facade.Place;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;

/** What stands before each page: who has not signed in is sent there, who may not do that is told so. <b>Threading:</b> any. */
final class Gate {
    private final Sessions sessions;
    private final Frame frame;
    private final InstantSource clock;

    Gate(Sessions sessions, Frame frame, InstantSource clock) {
        this.sessions = sessions;
        this.frame = frame;
        this.clock = clock;
    }

    /** Shows something. */
    @FunctionalInterface
    interface Look {
        Answer answer(Viewer viewer, Asked asked) throws IOException;
    }

    /** Does what a form says. */
    @FunctionalInterface
    interface Deed {
        Answer answer(Viewer viewer, Asked asked, Form form) throws IOException;
    }

    /** A page that every key may see. */
    Place page(String path, Look look) {
        return page(path, Scope.READ, look);
    }

    /** A page, or a piece of one. */
    Place page(String path, Scope scope, Look look) {
        return Place.of("GET", path, asked -> {
            Optional<Viewer> viewer = viewer(asked);
            return viewer.isPresent() ? admitted(viewer.get(), scope, asked, look) : signIn(asked);
        });
    }

    /** What a form does. */
    Place deed(String path, Scope scope, Deed deed) {
        return Place.of("POST", path, asked -> posted(asked, scope, deed));
    }

    /** What a form makes, which is refused while the server ends. */
    Place making(String path, Scope scope, Deed deed) {
        return Place.creating("POST", path, asked -> posted(asked, scope, deed));
    }

    /** Content that a script sends, with the word of its session in a header. */
    Place content(String path, Scope scope, Look look) {
        return Place.creating("POST", path, asked -> {
            Optional<Viewer> viewer = viewer(asked);
            if (viewer.isEmpty()) return signIn(asked);
            String shown = asked.header(Csrf.HEADER).orElse("");
            return isForged(viewer.get(), asked, shown) ? forged() : admitted(viewer.get(), scope, asked, look);
        });
    }

    private Answer posted(Asked asked, Scope scope, Deed deed) throws IOException {
        Optional<Viewer> viewer = viewer(asked);
        if (viewer.isEmpty()) return signIn(asked);
        Form form = Form.read(asked.body().bytes());
        String shown = asked.header(Csrf.HEADER).orElse(form.text(Csrf.FIELD));
        if (isForged(viewer.get(), asked, shown)) return forged();
        return admitted(viewer.get(), scope, asked, (who, what) -> deed.answer(who, what, form));
    }

    private static boolean isForged(Viewer viewer, Asked asked, String shown) {
        return !Csrf.isFromHere(asked) || !Csrf.same(viewer.csrf(), shown);
    }

    private Answer forged() {
        return frame.bare(
                403,
                "Refused",
                Html.of("<h1>Not from this page</h1><p>This form was not sent by a page of this session."
                        + " <a href=\"/\">Begin again</a>.</p>"));
    }

    private Answer admitted(Viewer viewer, Scope scope, Asked asked, Look look) throws IOException {
        if (!viewer.may(scope)) {
            return trouble(viewer, 403, "This needs an access key with the scope " + scope.word() + ".");
        }
        try {
            return look.answer(viewer, asked);
        } catch (ServiceException refused) {
            int status = switch (refused.kind()) {
                case NOT_FOUND -> 404;
                case UNAVAILABLE -> 503;
                case TOO_MANY -> 429;
                case FORBIDDEN -> 403;
                case CONFLICT -> 409;
                case INVALID -> 422;
            };
            return trouble(viewer, status, sentence(refused));
        }
    }

    /** What was refused and why, in a sentence. */
    static String sentence(ServiceException refused) {
        String message = String.valueOf(refused.getMessage());
        return Character.toUpperCase(message.charAt(0)) + message.substring(1) + (message.endsWith(".") ? "" : ".");
    }

    /** A page that says what is wrong. */
    Answer trouble(Viewer viewer, int status, String sentence) {
        return frame.page(
                viewer,
                "",
                "Trouble",
                Html.of("<h1>{}</h1><p>{}</p><p><a href=\"/\">To the live calls</a></p>", title(status), sentence),
                status);
    }

    private static String title(int status) {
        return switch (status) {
            case 404 -> "Not here";
            case 403 -> "Not allowed";
            case 503 -> "Not now";
            default -> "That cannot be done";
        };
    }

    Optional<Viewer> viewer(Asked asked) {
        return Cookies.of(asked, Cookies.SESSION)
                .flatMap(token -> sessions.find(token, asked.address(), clock.instant()));
    }

    private static Answer signIn(Asked asked) {
        // A piece of a page would be put into it: the whole page has to go there.
        if (asked.header("HX-Request").isPresent()) return Answer.empty(401).with("HX-Redirect", SignInPage.PATH);
        boolean isPage = asked.method().equals("GET") && !asked.path().equals("/");
        return Pages.seeOther(
                SignInPage.PATH + (isPage ? "?next=" + URLEncoder.encode(asked.path(), StandardCharsets.UTF_8) : ""));
    }
}
