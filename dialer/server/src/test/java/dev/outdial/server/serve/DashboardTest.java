package dev.outdial.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.server.config.ConfigReader;
import dev.outdial.server.config.ServerConfig;
import java.io.ByteArrayOutputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The pages of a server as its user starts it, asked as a browser asks them. */
@Timeout(90)
class DashboardTest {
    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"(\\w+)\"");
    private static final Pattern ONCE = Pattern.compile("name=\"once\" value=\"(\\w+)\"");

    @TempDir
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static Server server;

    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    static ServerConfig config(Path folder, String... more) {
        var environment = new java.util.HashMap<>(Map.of(
                "OUTDIAL_HTTP_PORT", "0",
                "OUTDIAL_LOOPBACK_TRUNK", "true",
                "OUTDIAL_SIP_HOST", "127.0.0.1",
                "OUTDIAL_SIP_PORT", "0",
                "OUTDIAL_DRAIN", "200ms"));
        for (int i = 0; i < more.length; i += 2) environment.put(more[i], more[i + 1]);
        return ConfigReader.withoutFile(folder, environment);
    }

    @BeforeAll
    static void start() {
        server = Server.startWithKey(config(folder));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String key() {
        return server.key().orElseThrow().text();
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String path) throws Exception {
        return browser.send(request.uri(URI.create(server.url() + path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder();
        if (headers.length > 0) request.headers(headers);
        return send(request, path);
    }

    private HttpResponse<String> post(String path, Map<String, String> fields, String... headers) throws Exception {
        var pairs = new ArrayList<String>();
        fields.forEach((name, value) -> pairs.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        var request = HttpRequest.newBuilder()
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(String.join("&", pairs)));
        if (headers.length > 0) request.headers(headers);
        return send(request, path);
    }

    private static String found(Pattern pattern, String page) {
        Matcher matcher = pattern.matcher(page);
        assertThat(matcher.find()).as("%s in %s", pattern, page).isTrue();
        return matcher.group(1);
    }

    private HttpResponse<String> signIn(String key) throws Exception {
        String word = found(CSRF, get("/sign-in").body());
        return post("/sign-in", Map.of("key", key, "csrf", word, "zone", "Europe/Berlin"));
    }

    private String signedIn() throws Exception {
        assertThat(signIn(key()).statusCode()).isEqualTo(303);
        return found(CSRF, get("/").body());
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    private String api(String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder()
                .headers("Authorization", "Bearer " + key(), "Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return send(request, path).body();
    }

    private String placed(String page, String csrf, String to) throws Exception {
        var answer = post(
                "/place",
                Map.of(
                        "csrf",
                        csrf,
                        "once",
                        found(ONCE, page),
                        "to",
                        to,
                        "plan",
                        "say",
                        "say",
                        "Hello.",
                        "record",
                        "yes"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return location(answer);
    }

    @Test
    void whoHasNotSignedInSeesNothing() throws Exception {
        for (String path : List.of(
                "/", "/calls", "/calls/x", "/place", "/trunks", "/do-not-call", "/recordings", "/access-keys")) {
            var answer = get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(303);
            assertThat(location(answer)).startsWith("/sign-in");
        }
        var piece = get("/live", "HX-Request", "true");
        assertThat(piece.statusCode()).isEqualTo(401);
        assertThat(piece.headers().firstValue("HX-Redirect")).hasValue("/sign-in");
        assertThat(post("/place", Map.of("to", "1000")).statusCode()).isEqualTo(303);
    }

    @Test
    void aWrongKeyOpensNothingAndTheRightOneACookieThatNoScriptSees() throws Exception {
        assertThat(signIn("od_000000000000_" + "0".repeat(40)).statusCode()).isEqualTo(401);
        var answer = signIn(key());
        assertThat(location(answer)).isEqualTo("/");
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Strict").doesNotContain(key());
        assertThat(get("/").body()).contains("Live calls", "Europe/Berlin").doesNotContain(key());
    }

    @Test
    void whereToGoAfterwardsIsAPageOfOurs() throws Exception {
        for (String next : List.of("//example.com", "https://example.com", "/\\example.com", "javascript:x")) {
            String word = found(CSRF, get("/sign-in").body());
            assertThat(location(post("/sign-in", Map.of("key", key(), "csrf", word, "next", next))))
                    .isEqualTo("/");
        }
    }

    @Test
    void pagesAllowNoScriptAndNoStyleButFilesOfOurs() throws Exception {
        String csrf = signedIn();
        for (String path : List.of("/", "/calls", "/place", "/trunks", "/do-not-call", "/recordings", "/access-keys")) {
            var page = get(path);
            assertThat(page.statusCode()).as(path).isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'", "script-src 'self'", "style-src 'self'")
                    .doesNotContain("unsafe");
            assertThat(page.body()).doesNotContain("<script>", "style=", "<style", "onclick", "http://");
            assertThat(page.body()).contains(csrf);
        }
    }

    @Test
    void aFormThatIsNotOfThisSessionDoesNothing() throws Exception {
        String csrf = signedIn();
        var fields = Map.of("number", "+15550109999", "reason", "x");
        assertThat(post("/do-not-call", fields).statusCode()).isEqualTo(403);
        assertThat(post("/do-not-call", with(fields, "csrf", "wrong")).statusCode())
                .isEqualTo(403);
        assertThat(post("/do-not-call", with(fields, "csrf", csrf), "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(post("/do-not-call", with(fields, "csrf", csrf), "Origin", "http://example.com")
                        .statusCode())
                .isEqualTo(403);
        assertThat(get("/do-not-call").body()).doesNotContain("+15550109999");
        assertThat(post("/do-not-call", with(fields, "csrf", csrf), "Origin", server.url())
                        .statusCode())
                .isEqualTo(303);
        assertThat(get("/do-not-call").body()).contains("+15550109999");
    }

    private static Map<String, String> with(Map<String, String> fields, String name, String value) {
        var more = new java.util.HashMap<>(fields);
        more.put(name, value);
        return more;
    }

    @Test
    void aKeyThatMayOnlyLookIsOfferedAndAllowedNothingElse() throws Exception {
        String made = api("POST", "/api/v1/accesskeys", "{\"name\":\"looks\",\"scope\":\"read\"}");
        String reader = found(Pattern.compile("\"key\":\"(\\w+)\""), made);
        assertThat(signIn(reader).statusCode()).isEqualTo(303);
        String page = get("/").body();
        assertThat(page).doesNotContain("Place a call", "/access-keys");
        String csrf = found(CSRF, page);
        assertThat(get("/place").statusCode()).isEqualTo(403);
        assertThat(get("/access-keys").statusCode()).isEqualTo(403);
        assertThat(post("/place", Map.of("csrf", csrf, "to", "1000", "plan", "say", "say", "x"))
                        .statusCode())
                .isEqualTo(403);
        api("DELETE", "/api/v1/accesskeys/" + found(Pattern.compile("\"id\":\"([\\w-]+)\""), made), "");
        assertThat(get("/").statusCode()).as("the session ends with its key").isEqualTo(303);
    }

    @Test
    void aCampaignIsListedPausedAndItsResultDownloaded() throws Exception {
        String begun = api("POST", "/api/v1/campaigns", """
                {"name": "spring", "say": "Hello.", "rows": [{"to": "+15550100150", "variables": {"who": "Ann"}}],
                 "schedule": {"not_before": "2099-01-01T00:00:00Z"}}""");
        String id = found(Pattern.compile("\"id\":\"([^\"]+)\""), begun);
        String csrf = signedIn();
        assertThat(get("/campaigns").body()).contains("spring", "running", "/campaigns/" + id + "/result.csv");
        assertThat(post("/campaigns/" + id + "/pause", Map.of("csrf", csrf)).statusCode())
                .isEqualTo(303);
        assertThat(get("/campaigns/list").body()).contains("paused");
        var result = get("/campaigns/" + id + "/result.csv");
        assertThat(result.headers().firstValue("Content-Type")).hasValue("text/csv; charset=utf-8");
        assertThat(result.body().lines())
                .hasSize(2)
                .last()
                .asString()
                .startsWith("1,+15550100150,,")
                .endsWith(",Ann");
        assertThat(get("/campaigns/none/result.csv").statusCode()).isEqualTo(404);
    }

    @Test
    void aCallIsPlacedFromThePageOnceHoweverOftenTheFormIsSent() throws Exception {
        String csrf = signedIn();
        String page = get("/").body();
        String call = placed(page, csrf, "+15550100123");
        assertThat(placed(page, csrf, "+15550100123")).isEqualTo(call);
        assertThat(get(call).body()).contains("+15550100123", "Timeline", "hx-get=\"" + call + "/now");
        awaitOver(call);
        assertThat(get("/live").body()).contains("completed", call);
        String over = get(call).body();
        assertThat(over).contains("completed", "answered", "PCMU", "call.json").doesNotContain("/now?status");
        String sound = awaitSound(call);
        var wav = get(sound);
        assertThat(wav.statusCode()).isEqualTo(200);
        assertThat(wav.headers().firstValue("Content-Type")).hasValue("audio/wav");
        assertThat(get(sound, "Range", "bytes=0-3").body()).isEqualTo("RIFF");
    }

    private void awaitOver(String call) throws Exception {
        while (!get(call + "/call.json").body().contains("\"status\":\"hangup\"")) Thread.onSpinWait();
    }

    private String awaitSound(String call) throws Exception {
        Pattern player = Pattern.compile("data-sound=\"([^\"]+)\"");
        while (true) {
            Matcher found = player.matcher(get(call + "/more").body());
            if (found.find()) return found.group(1);
        }
    }

    @Test
    void whatCannotBeCalledIsToldBesideTheForm() throws Exception {
        String csrf = signedIn();
        var answer = post("/place", Map.of("csrf", csrf, "to", "<b>who</b>", "plan", "url", "url", "ftp://x"));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("number: must be a number", "address: an http or https address", "&lt;b&gt;who")
                .doesNotContain("<b>who");
    }

    @Test
    void hostileNumbersAndTagsStayText() throws Exception {
        String csrf = signedIn();
        String tag = "<script>alert(1)</script>\"'";
        String created = api(
                "POST",
                "/api/v1/calls",
                "{\"to\":{\"target\":\"1002\",\"name\":\"<img src=x onerror=y>\"},\"say\":\"x\",\"tag\":\"<script>alert(1)</script>\\\"'\","
                        + "\"variables\":{\"<i>\":\"</dd><b>\"}}");
        String call = "/calls/" + found(Pattern.compile("\"id\":\"([\\w-]+)\""), created);
        awaitOver(call);
        for (String path :
                List.of("/", call, call + "/now", "/calls?tag=" + URLEncoder.encode(tag, StandardCharsets.UTF_8))) {
            assertThat(get(path).body()).as(path).doesNotContain("<script>alert", "<img src=x", "<i>", "</dd><b>");
        }
        assertThat(get(call).body()).contains("&lt;script&gt;alert(1)", "&lt;img src=x");
        assertThat(csrf).isNotEmpty();
    }

    @Test
    void aCallOfNobodyIsNotFoundAndSaidSoAsAPage() throws Exception {
        String csrf = signedIn();
        for (String path : List.of("/calls/x", "/calls/00000000-0000-0000-0000-000000000009", "/recordings/y/sound")) {
            var answer = get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        }
        assertThat(get("/trunks/nothing/there").statusCode()).isEqualTo(404);
        assertThat(csrf).isNotEmpty();
    }

    @Test
    void aKeyIsMadeAndShownOnceAndDeleted() throws Exception {
        String csrf = signedIn();
        String once = found(ONCE, get("/access-keys").body());
        var fields = Map.of("csrf", csrf, "once", once, "name", "Ann's <key>", "scope", "read");
        var made = post("/access-keys", fields);
        assertThat(made.statusCode()).isEqualTo(201);
        String key = found(Pattern.compile("value=\"(od_\\w{53})\""), made.body());
        assertThat(post("/access-keys", fields).statusCode()).as("sent again").isEqualTo(303);
        String list = get("/access-keys").body();
        assertThat(list).contains("Ann&#39;s &lt;key&gt;", key.substring(0, 15)).doesNotContain(key);
        assertThat(list.split("Ann&#39;s", -1)).hasSize(2);
    }

    @Test
    void aSoundIsUploadedWhereItCanBePlayed() throws Exception {
        String csrf = signedIn();
        var wav = new ByteArrayOutputStream();
        var sound = new AudioInputStream(
                new java.io.ByteArrayInputStream(new byte[16_000]), new AudioFormat(8000, 16, 1, true, false), 8000);
        int unused = AudioSystem.write(sound, AudioFileFormat.Type.WAVE, wav);
        assertThat(upload(wav.toByteArray(), "x").statusCode()).isEqualTo(403);
        var taken = upload(wav.toByteArray(), csrf);
        assertThat(taken.body()).isEqualTo("{\"sound\":\"media:Welcome-1-.wav\"}");
        var refused = upload("no sound".getBytes(StandardCharsets.UTF_8), csrf);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("trouble");
    }

    private HttpResponse<String> upload(byte[] content, String csrf) throws Exception {
        return send(
                HttpRequest.newBuilder()
                        .headers("X-CSRF-Token", csrf, "Content-Type", "audio/wav")
                        .POST(BodyPublishers.ofByteArray(content)),
                "/uploads?name=Welcome%20(1).wav");
    }

    @Test
    void signedOutSeesNothingAnyMore() throws Exception {
        String csrf = signedIn();
        assertThat(post("/sign-out", Map.of("csrf", "wrong")).statusCode()).isEqualTo(303);
        assertThat(signIn(key()).statusCode()).isEqualTo(303);
        csrf = found(CSRF, get("/").body());
        assertThat(post("/sign-out", Map.of("csrf", csrf)).statusCode()).isEqualTo(303);
        assertThat(get("/").statusCode()).isEqualTo(303);
    }

    @Test
    void filesMayBeKeptForEverAndNothingElseIsServedThere() throws Exception {
        String path = found(
                Pattern.compile("src=\"(/assets/htmx[^\"]+)\""), get("/sign-in").body());
        var file = get(path);
        assertThat(file.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
        assertThat(file.headers().firstValue("Content-Type").orElse("")).startsWith("text/javascript");
        assertThat(get("/assets/VERSIONS").statusCode()).isEqualTo(404);
        assertThat(get("/assets/..%2Fvendor%2FVERSIONS").statusCode()).isNotEqualTo(200);
    }

    @Test
    void thatNobodyOutsideIsReachedIsSaidOnlyAsLongAsItIsTrue() throws Exception {
        String csrf = signedIn();
        assertThat(get("/").body()).contains("nobody outside is reached");
        String trunk = api(
                "POST",
                "/api/v1/trunks",
                "{\"name\":\"carrier\",\"host\":\"192.0.2.1\",\"username\":\"u\",\"password\":\"p\",\"register\":false}");
        assertThat(get("/").body())
                .contains("calls that name no other trunk")
                .doesNotContain("nobody outside is reached");
        assertThat(get("/trunks").body()).contains("carrier", "192.0.2.1");
        assertThat(get("/place").body()).contains("<option value=\"carrier\">");
        api("DELETE", "/api/v1/trunks/" + found(Pattern.compile("\"id\":\"([\\w-]+)\""), trunk), "");
        assertThat(csrf).isNotEmpty();
    }

    @Test
    void whoDoesNotWantThePagesHasNone(@TempDir Path other) throws Exception {
        try (Server without = Server.startWithKey(config(other, "OUTDIAL_DASHBOARD_ENABLED", "false"))) {
            var answer = browser.send(
                    HttpRequest.newBuilder(URI.create(without.url() + "/")).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(404);
        }
    }
}
