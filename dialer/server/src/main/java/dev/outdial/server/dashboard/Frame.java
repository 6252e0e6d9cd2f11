package dev.outdial.server.dashboard;

import dev.outdial.server.calls.Scope;
import dev.outdial.server.facade.Answer;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What is around each page: the head, the way to the others, who has signed in. Immutable. */
final class Frame {
    private final Assets assets;
    private final boolean isLoopback;
    private final Predicate<Viewer> reachesOthers;

    private record Item(String path, String name, Scope scope) {}

    /**
     * @param isLoopback whether calls reach nobody outside, as long as they name no other trunk
     * @param reachesOthers whether somebody has such a trunk
     */
    Frame(Assets assets, boolean isLoopback, Predicate<Viewer> reachesOthers) {
        this.assets = assets;
        this.isLoopback = isLoopback;
        this.reachesOthers = reachesOthers;
    }

    /** Whether calls that name no other trunk reach nobody outside. */
    boolean isLoopback() {
        return isLoopback;
    }

    /** Where the picture of the program is. */
    String icon() {
        return assets.path("icon.svg");
    }

    /** A page for who has signed in. @param path of the item of the way that it belongs to */
    Answer page(Viewer viewer, String path, String title, Html content) {
        return page(viewer, path, title, content, 200);
    }

    /** The same with another status. */
    Answer page(Viewer viewer, String path, String title, Html content, int status) {
        return Pages.html(
                status,
                document(
                        title,
                        Optional.of(viewer),
                        Html.of(
                                """
                <a class="skip" href="#content">Skip to the content</a>
                <header class="bar"><a class="brand" href="/"><img src="{}" alt="" width="20" height="20">outdial</a>
                <nav aria-label="Pages">{}</nav>
                <form method="post" action="/sign-out" class="who">{}<span class="key" title="{} · scope {}">{}</span>\
                <button class="link">Sign out</button></form></header>{}
                <main id="content">{}</main>
                <footer><span>Times in {}</span> <a href="/docs">API</a></footer>""",
                                icon(),
                                way(viewer, path),
                                csrf(viewer),
                                viewer.key().prefix(),
                                viewer.key().scope().word(),
                                viewer.key().name(),
                                notice(viewer),
                                content,
                                viewer.zone().getId())));
    }

    private Html notice(Viewer viewer) {
        if (!isLoopback) return Html.NOTHING;
        return reachesOthers.test(viewer)
                ? Html.of(
                        "<p class=\"notice\">Loopback trunk: calls that name no other trunk reach nobody outside.</p>")
                : Html.of(
                        "<p class=\"notice\">Loopback trunk: whoever is called is a part of this program, nobody outside"
                                + " is reached.<span class=\"wide\"> <code>1000</code> presses 1, <code>1002</code> is busy,"
                                + " <code>1003</code> never answers, any other full number listens.</span></p>");
    }

    /** A page for who has not signed in. */
    Answer bare(int status, String title, Html content) {
        return Pages.html(
                status, document(title, Optional.empty(), Html.of("<main class=\"bare\">{}</main>", content)));
    }

    private Html document(String title, Optional<Viewer> viewer, Html body) {
        return Html.of(
                """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><title>{} · outdial</title>
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <meta name="htmx-config" content='{"includeIndicatorStyles":false,"allowEval":false,"allowScriptTags":false,"selfRequestsOnly":true,"historyEnabled":false,"defaultSettleDelay":0,"defaultSwapDelay":0}'>
                <link rel="icon" href="{}" type="image/svg+xml">
                <link rel="stylesheet" href="{}"><link rel="stylesheet" href="{}">
                <script defer src="{}"></script><script defer src="{}"></script><script defer src="{}"></script>
                <script defer src="{}"></script><script defer src="{}"></script><script defer src="{}"></script>
                </head><body{}>{}</body></html>
                """,
                title,
                icon(),
                assets.path("uplot.min.css"),
                assets.path("dashboard.css"),
                assets.path("htmx.min.js"),
                assets.path("uplot.min.js"),
                assets.path("plots.js"),
                assets.path("waveform.js"),
                assets.path("dashboard.js"),
                assets.path("alpine-csp.min.js"),
                viewer.map(one -> Html.of(
                                " hx-headers=\"{}\" data-csrf=\"{}\"",
                                "{\"" + Csrf.HEADER + "\":\"" + one.csrf() + "\"}",
                                one.csrf()))
                        .orElse(Html.NOTHING),
                body);
    }

    private Html way(Viewer viewer, String path) {
        var items = List.of(
                new Item("/", "Live", Scope.READ),
                new Item("/calls", "Calls", Scope.READ),
                new Item("/place", "Place a call", Scope.CALL),
                new Item("/campaigns", "Campaigns", Scope.READ),
                new Item("/trunks", "Trunks", Scope.READ),
                new Item("/do-not-call", "Do not call", Scope.READ),
                new Item("/recordings", "Recordings", Scope.READ),
                new Item("/access-keys", "Keys", Scope.ADMIN));
        return Html.all(items.stream()
                .filter(item -> viewer.may(item.scope()))
                .map(item -> Html.of(
                        "<a href=\"{}\"{}>{}</a>",
                        item.path(),
                        Html.when(item.path().equals(path), Html.of(" aria-current=\"page\"")),
                        item.name()))
                .toList());
    }

    /** What each form sends back. */
    static Html csrf(Viewer viewer) {
        return Html.of("<input type=\"hidden\" name=\"{}\" value=\"{}\">", Csrf.FIELD, viewer.csrf());
    }
}
