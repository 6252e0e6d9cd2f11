package dev.outdial.testbed.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DigestTest {
    @Test
    void theExampleOfRfc2617GivesItsResponse() {
        var challenge =
                DigestChallenge.of("testrealm@host.com", "dcd98b7102dd2f0e8b11d0f600bfb0c093", DigestAlgorithm.MD5);

        var answer = challenge.answer("Mufasa", "Circle Of Life", "GET", "/dir/index.html", 1, "0a4f113b");

        assertThat(answer.response()).isEqualTo("6629fae49393a05397450978507c4ef1");
    }

    @Test
    void theExamplesOfRfc7616GiveTheirResponses() {
        assertThat(rfc7616(DigestAlgorithm.MD5)).isEqualTo("8ca523f5e9506fed4657c9700eebdbec");
        assertThat(rfc7616(DigestAlgorithm.SHA_256))
                .isEqualTo("753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
    }

    private static String rfc7616(DigestAlgorithm algorithm) {
        var nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
        var cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
        return DigestChallenge.of("http-auth@example.org", nonce, algorithm)
                .answer("Mufasa", "Circle of Life", "GET", "/dir/index.html", 1, cnonce)
                .response();
    }

    @Test
    void credentialsSurviveTheirHeaderAndProveOnlyTheRightPasswordAndMethod() {
        var challenge = new DigestChallenge("a \"realm\"", "n", DigestAlgorithm.SHA_256, true, true, "o");
        var parsed = DigestChallenge.parse(challenge.toHeader()).orElseThrow();
        assertThat(parsed).isEqualTo(challenge);

        var header =
                parsed.answer("alice", "secret", "INVITE", "sip:1000@x", 2, "c").toHeader();
        var credentials = DigestCredentials.parse(header).orElseThrow();

        assertThat(credentials.provesPassword("secret", "INVITE")).isTrue();
        assertThat(credentials.provesPassword("Secret", "INVITE")).isFalse();
        assertThat(credentials.provesPassword("secret", "BYE")).isFalse();
        assertThat(credentials.nonceCount()).isEqualTo("00000002");
    }

    @Test
    void whatPeopleReadHasNoResponse() {
        var credentials = DigestChallenge.of("r", "n", DigestAlgorithm.MD5).answer("u", "p", "INVITE", "sip:x", 1, "c");
        var message = SipMessage.request("INVITE", "sip:x")
                .header("Authorization", credentials.toHeader())
                .build();

        assertThat(credentials.toString()).doesNotContain(credentials.response());
        assertThat(message.toString()).doesNotContain(credentials.response()).contains("username=\"u\"");
    }

    @Test
    void whatIsNoDigestIsNoChallenge() {
        assertThat(DigestChallenge.parse("Basic realm=\"x\"")).isEmpty();
        assertThat(DigestChallenge.parse("Digest realm=\"x\"")).isEmpty();
        assertThat(DigestChallenge.parse("Digest realm=\"x\", nonce=\"y\", algorithm=MD4"))
                .isEmpty();
    }
}
