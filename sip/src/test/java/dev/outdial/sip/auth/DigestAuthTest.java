package dev.outdial.sip.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.auth.DigestAuth.Outcome.Answer;
import dev.outdial.sip.auth.DigestAuth.Outcome.GiveUp;
import dev.outdial.sip.auth.DigestAuth.Signed;
import dev.outdial.sip.auth.DigestAuth.Tries;
import dev.outdial.sip.message.Credentials;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.Parameters;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestAuthTest {
    private static final Signed REGISTER = new Signed("REGISTER", "sip:example.com", Optional.empty());
    private static final Credentials BOB = Credentials.of("bob", "zanzibar");

    // RFC 7616 3.9.1
    @ParameterizedTest
    @CsvSource({
        "MD5, 8ca523f5e9506fed4657c9700eebdbec",
        "SHA-256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
    })
    void theExamplesOfRfc7616ComeOut(String algorithm, String expected) {
        String challenge = "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=" + algorithm
                + ", nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
        var signed = new Signed("GET", "/dir/index.html", Optional.empty());
        var credentials = Credentials.of("Mufasa", "Circle of Life");
        Answer answer = answer(
                DigestAuth.of(Optional.of(credentials)),
                Headers.of("WWW-Authenticate", challenge),
                Tries.NONE,
                signed,
                "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");
        Map<String, String> sent = parameters(answer);
        assertThat(sent)
                .containsEntry("response", expected)
                .containsEntry("qop", "auth")
                .containsEntry("nc", "00000001")
                .containsEntry("opaque", "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS")
                .containsEntry("algorithm", algorithm);
    }

    // RFC 2617 3.5
    @Test
    void theExampleOfRfc2617ComesOut() {
        String challenge = "Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\","
                + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"";
        Answer answer = answer(
                DigestAuth.of(Optional.of(Credentials.of("Mufasa", "Circle Of Life"))),
                Headers.of("WWW-Authenticate", challenge),
                Tries.NONE,
                new Signed("GET", "/dir/index.html", Optional.empty()),
                "0a4f113b");
        assertThat(parameters(answer)).containsEntry("response", "6629fae49393a05397450978507c4ef1");
    }

    @Test
    void aChallengeWithoutQopIsAnsweredAsRfc2069Did() {
        Answer answer = challenged(DigestAuth.of(Optional.of(BOB)), "Digest realm=\"r\", nonce=\"n\"");
        var algorithm = DigestAlgorithm.MD5;
        String expected =
                algorithm.hash(algorithm.hash("bob:r:zanzibar") + ":n:" + algorithm.hash("REGISTER:sip:example.com"));
        assertThat(parameters(answer)).containsEntry("response", expected).doesNotContainKeys("qop", "nc", "cnonce");
    }

    @Test
    void aSessionAlgorithmMixesNonceAndCnonceIntoTheSecret() {
        Answer answer = challenged(
                DigestAuth.of(Optional.of(BOB)),
                "Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=SHA-512-256-sess");
        var algorithm = DigestAlgorithm.SHA_512_256_SESS;
        String ha1 = algorithm.hash(algorithm.hash("bob:r:zanzibar") + ":n:c");
        String expected = algorithm.hash(ha1 + ":n:00000001:c:auth:" + algorithm.hash("REGISTER:sip:example.com"));
        assertThat(parameters(answer)).containsEntry("response", expected);
    }

    @Test
    void theBodyIsSignedWhereOnlyAuthIntIsOffered() {
        var withBody = new Signed("INVITE", "sip:x", Optional.of(MessageBody.ofText("text/plain", "hello")));
        Headers headers = Headers.of(
                "Proxy-Authenticate", "Digest realm=\"r\", nonce=\"n\", qop=\"auth-int\", algorithm=SHA-256");
        Answer answer = answer(DigestAuth.of(Optional.of(BOB)), headers, Tries.NONE, withBody, "c");
        var algorithm = DigestAlgorithm.SHA_256;
        String a2 = algorithm.hash("INVITE:sip:x:" + algorithm.hash("hello"));
        String expected = algorithm.hash(algorithm.hash("bob:r:zanzibar") + ":n:00000001:c:auth-int:" + a2);
        assertThat(answer.headers().getFirst().name()).isEqualTo("Proxy-Authorization");
        assertThat(parameters(answer)).containsEntry("response", expected).containsEntry("qop", "auth-int");
    }

    @Test
    void ofSeveralChallengesTheTopmostSupportedIsTaken() {
        Headers headers = Headers.of(
                "WWW-Authenticate", "Digest realm=\"r\", nonce=\"1\", algorithm=SHA-999, qop=\"auth\"",
                "WWW-Authenticate", "Basic realm=\"r\"",
                "WWW-Authenticate", "Digest realm=\"r\", nonce=\"2\", algorithm=SHA-256, qop=\"auth\"",
                "WWW-Authenticate", "Digest realm=\"r\", nonce=\"3\", algorithm=MD5, qop=\"auth\"");
        Answer answer = answer(DigestAuth.of(Optional.of(BOB)), headers, Tries.NONE, REGISTER, "c");
        assertThat(answer.headers()).hasSize(1);
        assertThat(parameters(answer)).containsEntry("nonce", "2");
    }

    @Test
    void aStaleNonceIsReplacedOnceAndARefusalEndsIt() {
        Answer first = challenged(DigestAuth.of(Optional.of(BOB)), "Digest realm=\"r\", nonce=\"1\", qop=\"auth\"");
        Headers stale = Headers.of("WWW-Authenticate", "Digest realm=\"r\", nonce=\"2\", stale=true, qop=\"auth\"");
        Answer second = answer(first.auth(), stale, first.tries(), REGISTER, "c");
        assertThat(parameters(second)).containsEntry("nonce", "2").containsEntry("nc", "00000001");
        assertThat(second.auth().answer(stale, second.tries(), REGISTER, "c")).isInstanceOf(GiveUp.class);
    }

    @Test
    void theSameChallengeAgainMeansThatThePasswordIsWrong() {
        Answer first = challenged(DigestAuth.of(Optional.of(BOB)), "Digest realm=\"r\", nonce=\"1\"");
        Headers again = Headers.of("WWW-Authenticate", "Digest realm=\"r\", nonce=\"2\"");
        assertThat(first.auth().answer(again, first.tries(), REGISTER, "c"))
                .isEqualTo(new GiveUp("realm r does not accept the user name or password"));
    }

    @Test
    void aKnownNonceIsUsedAgainWithTheNextCount() {
        Answer first = challenged(DigestAuth.of(Optional.of(BOB)), "Digest realm=\"r\", nonce=\"1\", qop=\"auth\"");
        Answer second = first.auth().authorize(REGISTER, "c2");
        assertThat(parameters(second)).containsEntry("nc", "00000002").containsEntry("cnonce", "c2");
        Answer third = second.auth().authorize(REGISTER, "c3");
        assertThat(parameters(third)).containsEntry("nc", "00000003");
    }

    @Test
    void aSessionAlgorithmKeepsTheFirstClientNonceForAsLongAsTheNonceServes() {
        String challenge = "Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=MD5-sess";
        Answer first = challenged(DigestAuth.of(Optional.of(BOB)), challenge);
        Answer second = first.auth().authorize(REGISTER, "c2");
        var algorithm = DigestAlgorithm.MD5_SESS;
        String ha1 = algorithm.hash(algorithm.hash("bob:r:zanzibar") + ":n:c");
        String expected = algorithm.hash(ha1 + ":n:00000002:c:auth:" + algorithm.hash("REGISTER:sip:example.com"));
        assertThat(parameters(second)).containsEntry("response", expected).containsEntry("cnonce", "c");

        Headers fresh = Headers.of("WWW-Authenticate", challenge.replace("\"n\"", "\"n2\", stale=true"));
        Answer third = answer(second.auth(), fresh, second.tries(), REGISTER, "c3");
        assertThat(parameters(third)).containsEntry("cnonce", "c3");
    }

    @Test
    void aProxyAndAServerOfTheSameRealmAreBothAnswered() {
        Headers byProxy = Headers.of("Proxy-Authenticate", "Digest realm=\"r\", nonce=\"p\", qop=\"auth\"");
        Answer first = answer(DigestAuth.of(Optional.of(BOB)), byProxy, Tries.NONE, REGISTER, "c");
        Headers byServer = Headers.of("WWW-Authenticate", "Digest realm=\"r\", nonce=\"s\", qop=\"auth\"");
        Answer second = answer(first.auth(), byServer, first.tries(), REGISTER, "c");
        assertThat(second.headers())
                .extracting(dev.outdial.sip.message.Header::name)
                .containsExactly("Authorization", "Proxy-Authorization");
        assertThat(second.headers().get(1).value()).contains("nc=00000002");
    }

    @Test
    void onlyTheConfiguredRealmIsAnswered() {
        var credentials = new Credentials("bob", "zanzibar", Optional.of("ours"));
        Headers foreign = Headers.of("WWW-Authenticate", "Digest realm=\"theirs\", nonce=\"1\"");
        assertThat(DigestAuth.of(Optional.of(credentials)).answer(foreign, Tries.NONE, REGISTER, "c"))
                .isEqualTo(new GiveUp("realm theirs asks for credentials, which are for realm ours"));
    }

    @Test
    void withoutAConfiguredRealmOnlyTheFirstOneIsAnswered() {
        Answer first = challenged(DigestAuth.of(Optional.of(BOB)), "Digest realm=\"first\", nonce=\"1\"");
        Headers other = Headers.of("WWW-Authenticate", "Digest realm=\"second\", nonce=\"1\"");
        assertThat(first.auth().answer(other, Tries.NONE, REGISTER, "c")).isInstanceOf(GiveUp.class);
    }

    @Test
    void withoutCredentialsTheReasonSaysSo() {
        Headers headers = Headers.of("WWW-Authenticate", "Digest realm=\"r\", nonce=\"1\"");
        assertThat(DigestAuth.of(Optional.empty()).answer(headers, Tries.NONE, REGISTER, "c"))
                .isEqualTo(new GiveUp("the far end asks for credentials of realm r and none are configured"));
        assertThat(DigestAuth.of(Optional.empty()).answer(Headers.NONE, Tries.NONE, REGISTER, "c"))
                .isInstanceOf(GiveUp.class);
    }

    @Test
    void aHeaderShowsNoCredentialsInItsText() {
        Answer answer = challenged(DigestAuth.of(Optional.of(BOB)), "Digest realm=\"r\", nonce=\"1\"");
        assertThat(answer.toString()).doesNotContain("response=").doesNotContain("zanzibar");
    }

    @Test
    void theNonceThatASuccessNamesIsUsedNextAndCountedAnew() {
        Answer first = challenged(DigestAuth.of(Optional.of(BOB)), "Digest realm=\"r\", nonce=\"1\", qop=\"auth\"");
        DigestAuth taught =
                first.auth().taught(Headers.of("Authentication-Info", "qop=auth, nextnonce=\"2\", nc=00000001"));
        Answer second = taught.authorize(REGISTER, "c2");
        assertThat(parameters(second)).containsEntry("nonce", "2").containsEntry("nc", "00000001");
        Answer third = second.auth()
                .taught(Headers.of("Authentication-Info", "nextnonce=\"2\""))
                .authorize(REGISTER, "c3");
        assertThat(parameters(third)).as("the same one again").containsEntry("nc", "00000002");
        DigestAuth nothing = third.auth().taught(Headers.of("Proxy-Authentication-Info", "nextnonce=\"3\""));
        assertThat(parameters(nothing.authorize(REGISTER, "c4"))).containsEntry("nonce", "2");
        assertThat(DigestAuth.of(Optional.of(BOB))
                        .taught(Headers.of("Authentication-Info", "nextnonce=\"2\""))
                        .authorize(REGISTER, "c")
                        .headers())
                .isEmpty();
    }

    @Test
    void aNextNonceBeginsANewSessionOfASessionAlgorithm() {
        Answer first = challenged(
                DigestAuth.of(Optional.of(BOB)),
                "Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256-sess");
        Answer second = first.auth()
                .taught(Headers.of("Authentication-Info", "nextnonce=\"m\""))
                .authorize(REGISTER, "c2");
        var algorithm = DigestAlgorithm.SHA_256_SESS;
        String ha1 = algorithm.hash(algorithm.hash("bob:r:zanzibar") + ":m:c2");
        String expected = algorithm.hash(ha1 + ":m:00000001:c2:auth:" + algorithm.hash("REGISTER:sip:example.com"));
        assertThat(parameters(second)).containsEntry("response", expected).containsEntry("cnonce", "c2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "qop=\"auth\"|auth",
                "qop=auth|auth",
                "qop=\"auth-int,auth\"|auth",
                "qop=\"AUTH-INT , Auth\"|auth",
                "qop=auth-int,auth|auth",
                "qop=auth,auth-int|auth",
                "qop=\"auth-int\"|auth-int",
                "qop=Auth-Int|auth-int",
                "qop=\"token,auth-int\"|auth-int",
                "qop=\"\"|",
                "opaque=\"auth\"|"
            })
    void qopIsReadInAnyOrderCaseAndQuoting(String offered, String expected) {
        Answer answer = challenged(DigestAuth.of(Optional.of(BOB)), "Digest realm=\"r\", " + offered + ", nonce=\"n\"");
        assertThat(Optional.ofNullable(parameters(answer).get("qop"))).isEqualTo(Optional.ofNullable(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Digest realm=\"r\", nonce=\"n\", qop=\"token\"",
                "Digest realm=\"r\", nonce=\"n\", algorithm=SHA-1",
                "Digest realm=\"r\"",
                "Digest nonce=\"n\"",
                "Digest",
                "Bearer realm=\"r\"",
                "''"
            })
    void whatCannotBeAnsweredIsPassedOver(String challenge) {
        Headers alone = Headers.of("WWW-Authenticate", challenge);
        assertThat(DigestAuth.of(Optional.of(BOB)).answer(alone, Tries.NONE, REGISTER, "c"))
                .isEqualTo(new GiveUp("the far end asks for credentials in a way that is not supported"));
        Headers two = Headers.of("WWW-Authenticate", challenge, "WWW-Authenticate", "Digest realm=\"r\", nonce=\"2\"");
        assertThat(parameters(answer(DigestAuth.of(Optional.of(BOB)), two, Tries.NONE, REGISTER, "c")))
                .containsEntry("nonce", "2");
    }

    @Test
    void algorithmAndSchemeAreReadInAnyCaseAndQuoting() {
        Answer answer = challenged(
                DigestAuth.of(Optional.of(BOB)), "DIGEST Realm=\"r\", NONCE=\"n\", Algorithm=\"sha-256\", stale=TRUE");
        assertThat(parameters(answer)).containsEntry("algorithm", "SHA-256");
    }

    // RFC 8760 2.3: the server's order is its preference. A client that looks for the strongest itself takes another.
    @Test
    void theTopmostIsTakenAlsoWhereAStrongerOneIsBelow() {
        Headers headers = Headers.of(
                "WWW-Authenticate", "Digest realm=\"r\", nonce=\"1\", algorithm=MD5, qop=\"auth\"",
                "WWW-Authenticate", "Digest realm=\"r\", nonce=\"2\", algorithm=SHA-512-256, qop=\"auth\"");
        assertThat(parameters(answer(DigestAuth.of(Optional.of(BOB)), headers, Tries.NONE, REGISTER, "c")))
                .containsEntry("nonce", "1");
    }

    @Test
    void ofA401And407InOneOnlyOneRealmIsAnswered() {
        Headers both = Headers.of(
                "Proxy-Authenticate", "Digest realm=\"proxy\", nonce=\"p\"",
                "WWW-Authenticate", "Digest realm=\"server\", nonce=\"s\"");
        Answer any = answer(DigestAuth.of(Optional.of(BOB)), both, Tries.NONE, REGISTER, "c");
        assertThat(any.headers()).hasSize(1);
        assertThat(any.headers().getFirst().name()).isEqualTo("Authorization");
        var configured = new Credentials("bob", "zanzibar", Optional.of("proxy"));
        Answer ours = answer(DigestAuth.of(Optional.of(configured)), both, Tries.NONE, REGISTER, "c");
        assertThat(ours.headers()).hasSize(1);
        assertThat(ours.headers().getFirst().name()).isEqualTo("Proxy-Authorization");

        Headers same = Headers.of(
                "Proxy-Authenticate", "Digest realm=\"r\", nonce=\"p\"",
                "WWW-Authenticate", "Digest realm=\"r\", nonce=\"s\"");
        assertThat(answer(DigestAuth.of(Optional.of(BOB)), same, Tries.NONE, REGISTER, "c")
                        .headers())
                .as("both askers of one realm")
                .hasSize(2);
    }

    @Test
    void aRequestIsSentWithCredentialsAtMostTwice() {
        Headers proxy = Headers.of("Proxy-Authenticate", "Digest realm=\"r\", nonce=\"p\", stale=true");
        Headers server = Headers.of("WWW-Authenticate", "Digest realm=\"r\", nonce=\"s\", stale=true");
        Answer first = answer(DigestAuth.of(Optional.of(BOB)), proxy, Tries.NONE, REGISTER, "c");
        Answer second = answer(first.auth(), server, first.tries(), REGISTER, "c");
        for (Headers again : new Headers[] {proxy, server}) {
            assertThat(second.auth().answer(again, second.tries(), REGISTER, "c"))
                    .isEqualTo(new GiveUp("realm r does not accept the user name or password"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bob|pass:word:",
                "bob|\"quoted\\ and\" back\\\\slash",
                "bob|g\u00e4nse\u20acf\u00fc\u00dfchen \uD83D\uDE00",
                "b\"o\\b|x",
                "j\u00fcrgen@example.com|x y",
                "bob|%41&=+"
            })
    void oddCharactersInUserAndPasswordAreHashedAsTheyAre(String user, String password) {
        Answer answer = challenged(
                DigestAuth.of(Optional.of(Credentials.of(user, password))),
                "Digest realm=\"r\", nonce=\"n\", algorithm=SHA-256");
        var algorithm = DigestAlgorithm.SHA_256;
        String expected = algorithm.hash(
                algorithm.hash(user + ":r:" + password) + ":n:" + algorithm.hash("REGISTER:sip:example.com"));
        assertThat(parameters(answer))
                .containsEntry("response", expected)
                .containsEntry("username", user.replace("\\", "\\\\").replace("\"", "\\\""));
    }

    @Test
    void aRealmWithQuotesIsHashedWithoutEscapesAndSentWithThem() {
        Answer answer = challenged(
                DigestAuth.of(Optional.of(new Credentials("bob", "zanzibar", Optional.of("the \"r\" \\ one")))),
                "Digest realm=\"the \\\"r\\\" \\\\ one\", nonce=\"n\", opaque=\"a\\\"b\"");
        var algorithm = DigestAlgorithm.MD5;
        String expected = algorithm.hash(
                algorithm.hash("bob:the \"r\" \\ one:zanzibar") + ":n:" + algorithm.hash("REGISTER:sip:example.com"));
        assertThat(parameters(answer))
                .containsEntry("response", expected)
                .containsEntry("realm", "the \\\"r\\\" \\\\ one")
                .containsEntry("opaque", "a\\\"b");
    }

    @Test
    void userhashAndDomainAndCharsetChangeNothing() {
        Answer answer = challenged(
                DigestAuth.of(Optional.of(BOB)),
                "Digest realm=\"r\", domain=\"sip:a sip:b\", nonce=\"n\", userhash=true, charset=UTF-8, qop=\"auth\"");
        assertThat(parameters(answer))
                .containsEntry("username", "bob")
                .doesNotContainKeys("userhash", "domain", "charset");
    }

    private static Answer challenged(DigestAuth auth, String challenge) {
        return answer(auth, Headers.of("WWW-Authenticate", challenge), Tries.NONE, REGISTER, "c");
    }

    private static Answer answer(DigestAuth auth, Headers headers, Tries tries, Signed signed, String cnonce) {
        DigestAuth.Outcome outcome = auth.answer(headers, tries, signed, cnonce);
        assertThat(outcome).isInstanceOf(Answer.class);
        return (Answer) outcome;
    }

    private static Map<String, String> parameters(Answer answer) {
        return Parameters.parse(answer.headers().getFirst().value().substring("Digest ".length()), ',');
    }
}
