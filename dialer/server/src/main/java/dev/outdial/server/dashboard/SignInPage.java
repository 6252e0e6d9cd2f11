package dev.outdial.server.dashboard;

import dev.outdial.server.calls.AccessKey;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Asked;
import dev.outdial.server.facade.Place;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Signing in with an access key, and out. <b>Threading:</b> any. */
final class SignInPage {
    static final String PATH = "/sign-in";

    private static final Pattern PAGE = Pattern.compile("/[A-Za-z0-9-][A-Za-z0-9/_.-]*");

    private final Sessions sessions;
    private final Frame frame;
    private final InstantSource clock;
    private final RandomGenerator random;

    /** @param random a secure source */
    SignInPage(Sessions sessions, Frame frame, InstantSource clock, RandomGenerator random) {
        this.sessions = sessions;
        this.frame = frame;
        this.clock = clock;
        this.random = random;
    }

    List<Place> places(Gate gate) {
        return List.of(
                Place.of("GET", PATH, this::form),
                Place.of("POST", PATH, this::signIn),
                Place.of("POST", "/sign-out", asked -> signOut(gate, asked)));
    }

    private Answer form(Asked asked) {
        return form(asked, 200, "", asked.query("next").orElse(""));
    }

    private Answer form(Asked asked, int status, String trouble, String next) {
        // Two open forms of one browser have the same word.
        String word = Cookies.of(asked, Cookies.SIGN_IN)
                .filter(known -> known.length() == AccessKey.SECRET_SIGNS)
                .orElseGet(() -> AccessKey.signs(random, AccessKey.SECRET_SIGNS));
        return frame.bare(status, "Sign in", Html.of("""
                        <form method="post" action="/sign-in" class="card" id="sign-in">
                        <h1><img src="{}" alt="" width="24" height="24">outdial</h1>
                        <p class="trouble" role="alert">{}</p>
                        <label for="key">Access key</label>
                        <input id="key" name="key" type="password" required autofocus autocomplete="current-password" spellcheck="false" placeholder="od_…">
                        <p class="hint">{}</p>
                        <input type="hidden" name="{}" value="{}"><input type="hidden" name="next" value="{}">
                        <input type="hidden" name="zone" value="" id="zone">
                        <button class="primary">Sign in</button></form>""", frame.icon(), trouble, hint(), Csrf.FIELD, word, next))
                .with("Set-Cookie", Cookies.set(asked, Cookies.SIGN_IN, word));
    }

    private Html hint() {
        return frame.isLoopback()
                ? Html.of("<code>outdial serve</code> printed it when it started.")
                : Html.of("<code>outdial init</code> and <code>outdial keys create</code> make one.");
    }

    private Answer signIn(Asked asked) throws IOException {
        Form form = Form.read(asked.body().bytes());
        String next = form.text("next");
        String word = Cookies.of(asked, Cookies.SIGN_IN).orElse("");
        if (!Csrf.isFromHere(asked) || !Csrf.same(word, form.text(Csrf.FIELD))) {
            return form(asked, 403, "That form was not of this browser's session; please try once more.", next);
        }
        Sessions.Entry entry =
                sessions.open(form.text("key"), zone(form.text("zone")), asked.address(), clock.instant());
        return switch (entry) {
            case Sessions.Entry.Opened opened ->
                Pages.seeOther(PAGE.matcher(next).matches() ? next : "/")
                        .with("Set-Cookie", Cookies.set(asked, Cookies.SESSION, opened.token()));
            case Sessions.Entry.Refused refused -> form(asked, 401, "This key is not known here.", next);
            case Sessions.Entry.TooMany many ->
                form(asked, 429, "Too many wrong keys came from there; please wait.", next)
                        .with("Retry-After", Long.toString(many.retryAfterSeconds()));
        };
    }

    private Answer signOut(Gate gate, Asked asked) throws IOException {
        Optional<Viewer> viewer = gate.viewer(asked);
        Form form = Form.read(asked.body().bytes());
        boolean isMeant = viewer.isPresent()
                && Csrf.isFromHere(asked)
                && Csrf.same(viewer.get().csrf(), form.text(Csrf.FIELD));
        if (isMeant) Cookies.of(asked, Cookies.SESSION).ifPresent(sessions::close);
        return Pages.seeOther(PATH).with("Set-Cookie", Cookies.end(asked, Cookies.SESSION));
    }

    private static ZoneId zone(String name) {
        try {
            return name.isEmpty() ? ZoneOffset.UTC : ZoneId.of(name);
        } catch (DateTimeException unknown) {
            return ZoneOffset.UTC;
        }
    }
}
