package dev.outdial.sip.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {
    @Test
    void whatProvesWhoWeAreIsMaskedAndTheRestOfTheHeaderStays() {
        String masked = Secrets.masked(
                Wire.request(
                        "INVITE",
                        2,
                        "",
                        "Proxy-Authorization: Digest username=\"us\",realm=\"r\", nonce=\"abcdefghijkl\", uri=\"sip:x\",\r\n"
                                + "  response = \"0123456789abcdef\", cnonce=\"c1\", nc=00000001\r\n",
                        "AUTHORIZATION:digest response=0123456789abcdef,nonce=\"n\"\r\n"),
                true);

        assertThat(masked)
                .contains("username=\"us\",realm=\"r\", nonce=\"abcdef***\", uri=\"sip:x\"")
                .contains("  response = \"***\", cnonce=\"***\", nc=00000001\r\n")
                .contains("AUTHORIZATION:digest response=\"***\",nonce=\"***\"\r\n")
                .doesNotContain("0123456789abcdef", "\"c1\"", "ghijkl");
    }

    @Test
    void aQuotedTextThatLooksLikeAParameterHidesNoSecret() {
        String masked = Secrets.masked(
                Wire.request(
                        "INVITE",
                        2,
                        "",
                        "Authorization: Digest username=\"a nonce=\\\", response=\", response=\"secret1\", x=\"y\"\r\n",
                        "Authorization: Digest username=\"b nonce=\", response=\"secret2\"\r\n"),
                true);

        assertThat(masked).doesNotContain("secret1", "secret2").contains("x=\"y\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Authorization: Basic dXM6c2VjcmV0 | Authorization: ***",
                "Proxy-Authorization: Bearer secret | Proxy-Authorization: ***",
                "Authorization: DigestOfSorts secret | Authorization: ***",
                "Identity: eyJ.secret.sig;info=<https://x>| Identity: ***",
                "y: eyJ.secret.sig | y: ***",
                "WWW-Authenticate: Digest realm=\"r\", nonce=\"0123456789\" | WWW-Authenticate: Digest realm=\"r\", nonce=\"012345***\"",
                "Authentication-Info: nextnonce=\"secret\", rspauth=\"secret\", nc=1 | Authentication-Info: nextnonce=\"***\", rspauth=\"***\", nc=1",
                "X-Mine: response=\"kept\" | X-Mine: response=\"kept\""
            })
    void eachHeaderIsFreedOfItsOwnSecrets(String header, String masked) {
        assertThat(Secrets.masked(Wire.request("INVITE", 1, "", header + "\r\n"), true))
                .isEqualTo(Wire.request("INVITE", 1, "", masked + "\r\n"));
    }

    @Test
    void theKeysOfTheSoundAreMaskedAndTheBodyKeepsItsLength() {
        String message = Wire.request("INVITE", 1, "", "Content-Type: application/sdp\r\n")
                + "v=0\r\nk=prompt\r\nk=clear:secretsecret\r\na=key-mgmt:mikey secretsecret\r\n"
                + "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:c2VjcmV0c2VjcmV0|2^20|1:4;inline:c2VjcmV0|2^20\r\n"
                + "a=sendrecv\r\n";

        String masked = Secrets.masked(message, true);

        assertThat(masked)
                .hasSameSizeAs(message)
                .contains(
                        "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:????????????????|2^20|1:4;inline:????????|2^20\r\n")
                .endsWith("a=sendrecv\r\n")
                .doesNotContain("secret", "c2VjcmV0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/dtmf-relay | Signal=5!Duration=160! | Signal=?!Duration=160!",
                "application/dtmf-relay | signal = 5!Duration=160! | signal = ?!Duration=160!",
                "application/dtmf; x=y | 5 | ?",
                "Application/DTMF | 12# | ???",
                "application/vnd.nortelnetworks.digits | p=Digit-Collection!d=5! | p=Digit-Collection!d=?!",
                "application/kpml-response+xml | <kpml-response digits=\"55\" code=\"200\"/> | <kpml-response digits=\"??\" code=\"200\"/>",
                "text/plain | Signal=5 | Signal=5"
            })
    void pressedKeysAreMaskedUnlessAskedFor(String type, String body, String masked) {
        String head = Wire.request("INFO", 3, "theirs", "Content-Type: " + type + "\r\n");
        String message = head + body.replace("!", "\r\n");

        assertThat(Secrets.masked(message, true)).isEqualTo(head + masked.replace("!", "\r\n"));
        assertThat(Secrets.masked(message, false)).isEqualTo(message);
    }
}
