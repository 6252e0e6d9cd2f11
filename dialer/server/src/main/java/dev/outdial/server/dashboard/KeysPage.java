package dev.outdial.server.dashboard;

import dev.outdial.server.calls.AccessKey;
import dev.outdial.server.calls.AccessKeyRecord;
import dev.outdial.server.calls.CallService.RequestKey;
import dev.outdial.server.calls.Created;
import dev.outdial.server.calls.KeyService;
import dev.outdial.server.calls.NewAccessKey;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Asked;
import dev.outdial.server.facade.Place;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Access keys: made here, shown once. <b>Threading:</b> any. */
final class KeysPage {
    private static final String PATH = "/access-keys";
    private static final int MOST = 200;
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,100}");

    private final KeyService keys;
    private final Frame frame;
    private final RandomGenerator random;

    /** @param random a secure source */
    KeysPage(KeyService keys, Frame frame, RandomGenerator random) {
        this.keys = keys;
        this.frame = frame;
        this.random = random;
    }

    List<Place> places(Gate gate) {
        return List.of(
                gate.page(PATH, Scope.ADMIN, (viewer, asked) -> page(viewer, 200, "", Html.NOTHING)),
                gate.making(PATH, Scope.ADMIN, this::make),
                gate.deed(PATH + "/{id}/delete", Scope.ADMIN, (viewer, asked, form) -> {
                    keys.delete(viewer.account(), asked.name("id"));
                    return Pages.seeOther(PATH);
                }));
    }

    private Answer make(Viewer viewer, Asked asked, Form form) {
        String name = form.text("name");
        Optional<Scope> scope = List.of(Scope.values()).stream()
                .filter(one -> one.word().equals(form.text("scope")))
                .findFirst();
        if (!NAME.matcher(name).matches() || scope.isEmpty()) {
            return page(viewer, 422, "A name and a scope are expected.", Html.NOTHING);
        }
        AccessKey secret = AccessKey.make(random);
        Created<AccessKeyRecord> created = keys.create(
                viewer.account(),
                new NewAccessKey(
                        viewer.account(),
                        name,
                        scope.get(),
                        List.of(),
                        Optional.empty(),
                        secret.prefix(),
                        secret.hash()),
                once(form, name + " " + scope.get().word()));
        // The browser sent its form again: that key had another secret, and that was shown.
        if (created.replay()) return Pages.seeOther(PATH);
        return page(viewer, 201, "", Html.of("""
                <div class="made" role="status"><p>The key <b>{}</b>. It is shown here and now, and never again.</p>
                <p><input readonly class="secret" value="{}" aria-label="The new key"></p></div>""", name, secret.text()));
    }

    /** A form that is sent twice does its work once. */
    static Optional<RequestKey> once(Form form, String body) {
        String word = form.text("once");
        return word.matches("[0-9A-Za-z]{20,60}")
                ? Optional.of(new RequestKey("dashboard-" + word, Integer.toHexString(body.hashCode())))
                : Optional.empty();
    }

    /** What such a form sends. */
    static Html once(RandomGenerator random) {
        return Html.of("<input type=\"hidden\" name=\"once\" value=\"{}\">", AccessKey.signs(random, 24));
    }

    private Answer page(Viewer viewer, int status, String trouble, Html made) {
        List<AccessKeyRecord> known = keys.list(viewer.account(), new PageQuery(Optional.empty(), MOST))
                .items();
        Html content = Html.of(
                """
                <h1>Access keys</h1>{}<form method="post" action="/access-keys" class="filter">{}{}
                <label>Name <input name="name" required maxlength="100" autocomplete="off"></label>
                <label>Good for <select name="scope"><option value="read">looking (read)</option><option value="call" selected>placing calls (call)</option>\
                <option value="admin">everything (admin)</option></select></label><button class="primary">Make a key</button>
                <p class="trouble" role="alert">{}</p></form>
                <table><thead><tr><th scope="col">Name</th><th scope="col" class="wide">Begins with</th><th scope="col">Scope</th><th scope="col" class="num wide">Made</th>\
                <th scope="col" class="wide">Ends</th><th scope="col"><span class="unseen">Delete</span></th></tr></thead><tbody>{}</tbody></table>""",
                made,
                Frame.csrf(viewer),
                once(random),
                trouble,
                known.stream().map(key -> row(viewer, key)).toList());
        return frame.page(viewer, PATH, "Access keys", content, status);
    }

    private static Html row(Viewer viewer, AccessKeyRecord key) {
        boolean isOwn = key.id().equals(viewer.key().id());
        return Html.of(
                "<tr><th scope=\"row\">{}{}</th><td class=\"wide\"><code>{}</code></td><td>{}</td><td class=\"num wide\">{}</td><td class=\"wide\">{}</td><td class=\"act\">{}</td></tr>",
                key.name(),
                Html.when(isOwn, Html.of(" <span class=\"quiet\">this session's</span>")),
                key.prefix() + "…",
                Words.badge("quiet", key.scope().word().toLowerCase(Locale.ROOT)),
                Words.clock(key.created(), viewer),
                key.expires().map(at -> Words.clock(at, viewer)).orElse(Html.of("never")),
                TrunksPage.sure("Delete", PATH + "/" + key.id() + "/delete", viewer, Html.NOTHING));
    }
}
