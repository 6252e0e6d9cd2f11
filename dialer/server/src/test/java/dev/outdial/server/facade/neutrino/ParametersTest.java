package dev.outdial.server.facade.neutrino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outdial.server.calls.AccountRecord;
import dev.outdial.server.calls.CallPlan;
import dev.outdial.server.calls.NewCall;
import dev.outdial.server.calls.NumberReading;
import dev.outdial.server.facade.Asked;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParametersTest {
    private static Parameters read(String type, String body) throws Refusal {
        return Parameters.read(type, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aFormIsReadWhateverItSaysItIs() throws Refusal {
        var expected = Map.of("number", "+1 2", "audio-url", "http://a/b?c=d&e", "limit", "", "%zz", "1");

        for (String type : List.of("application/x-www-form-urlencoded; charset=utf-8", "text/plain", "")) {
            assertThat(read(type, "number=%2B1+2&audio-url=http%3A%2F%2Fa%2Fb%3Fc%3Dd%26e&limit&%zz=1&number=3")
                            .values())
                    .isEqualTo(expected);
        }
    }

    @Test
    void ofJsonTheFieldsOfTheObjectAreReadAsText() throws Refusal {
        assertThat(read("application/json;charset=UTF-8", "{\"number\":12106100045,\"a\":\"b\",\"c\":null,\"d\":[1]}")
                        .values())
                .isEqualTo(Map.of("number", "12106100045", "a", "b", "d", "[1]"));
        for (String bad : List.of("{bad", "", "[]", "3", "{\"a\":1,\"a\":2}")) {
            var refusal = catchThrowableOfType(Refusal.class, () -> read("Application/JSON", bad));
            assertThat(refusal.error()).isEqualTo(ApiError.INVALID_JSON);
        }
    }

    @Test
    void ofAMultipartFormTheFieldsAreRead() throws Refusal {
        String body = "preamble\r\n--x y\r\nContent-Disposition: form-data; name=\"number\"\r\n\r\n+49 30 1\r\n"
                + "--x y\r\nContent-Type: text/plain\r\ncontent-disposition: form-data; filename=\"f\"; name=\"ü\"\r\n\r\n"
                + "a\r\n-\r\nä\r\n--x y\r\nContent-Disposition: attachment\r\n\r\nno\r\n--x y\r\nbroken\r\n--x y--\r\n";

        assertThat(read("multipart/form-data; boundary=\"x y\"", body).values())
                .isEqualTo(Map.of("number", "+49 30 1", "ü", "a\r\n-\r\nä"));
        assertThat(read("multipart/form-data", body).values()).isEmpty();
        assertThat(read("multipart/form-data; boundary=other", body).values()).isEmpty();
    }

    @Test
    void theNamesOfAnAnswerAreSpeltAsAsked() {
        assertThat(Casing.of(new Parameters(Map.of()))).isEqualTo(Casing.KEBAB);
        assertThat(Casing.of(new Parameters(Map.of("output-case", "shouting")))).isEqualTo(Casing.KEBAB);
        assertThat(Casing.of(new Parameters(Map.of("output-case", " Camel"))).of("api-error-msg"))
                .isEqualTo("apiErrorMsg");
        assertThat(Casing.of(new Parameters(Map.of("output-case", "snake"))).of("api-error-msg"))
                .isEqualTo("api_error_msg");
    }

    @Test
    void aWishIsACallThatPlaysOnceAndEnds() throws Refusal {
        var wish = PhonePlayback.Wish.of(
                new Parameters(Map.of("number", "+12106100045", "audio-url", " https://a.example/b.mp3 ")));

        assertThat(wish)
                .isEqualTo(new PhonePlayback.Wish("+12106100045", "https://a.example/b.mp3", new Placer.Limit(3, 1)));
        NewCall call = wish.call("+12106100045");
        assertThat(call.origin()).isEqualTo("neutrino");
        assertThat(call.plan()).isEqualTo(new CallPlan.Play(List.of("https://a.example/b.mp3")));
        assertThat(call.ringTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(call.to().target()).isEqualTo("+12106100045");
    }

    @Test
    void aWishThatMakesNoSenseIsRefusedByTheNumberOfItsError() {
        String url = "http://a.example/b";
        assertThat(error(Map.of("audio-url", url))).isEqualTo("1 INVALID PARAMETER: number is required");
        assertThat(error(Map.of("number", " ", "audio-url", url))).startsWith("1 INVALID PARAMETER: number");
        assertThat(error(Map.of("number", "1"))).startsWith("1 INVALID PARAMETER: audio-url");
        for (String bad : List.of("not a url", "a", "mailto:a@b", "http:/a", "http://", "https:a")) {
            assertThat(error(Map.of("number", "1", "audio-url", bad))).as(bad).startsWith("3 ");
        }
        for (String bad : List.of("0", "-1", "1.5", "many", "9999999999")) {
            assertThat(error(Map.of("number", "1", "audio-url", url, "limit", bad)))
                    .startsWith("1 INVALID PARAMETER: limit must");
        }
        assertThat(error(Map.of("number", "1", "audio-url", url, "limit-ttl", "366")))
                .isEqualTo("1 INVALID PARAMETER: limit-ttl must be a whole number from 1 to 365");
    }

    private static String error(Map<String, String> values) {
        var refusal = catchThrowableOfType(Refusal.class, () -> {
            var unused = PhonePlayback.Wish.of(new Parameters(values));
        });
        return refusal.error().code() + " " + refusal.getMessage();
    }

    @Test
    void credentialsMayStandInHeadersParametersOrOneHeader() {
        var none = new Parameters(Map.of());
        var both = new Parameters(Map.of("user-id", "p", "api-key", "q"));

        assertThat(shown(Map.of("user-id", "u", "api-key", "k"), none)).isEqualTo("u k");
        assertThat(shown(Map.of(), both)).isEqualTo("p q");
        assertThat(shown(Map.of("api-key", "u:k:l"), none)).isEqualTo("u k:l");
        assertThat(shown(Map.of("user-id", "u", "api-key", "k:l"), none)).isEqualTo("u k:l");
        assertThat(shown(Map.of("user-id", "u", "api-key", "k"), both)).isEqualTo("u k");
        assertThat(shown(Map.of(), none)).isEqualTo(" ");
        assertThat(new Credentials("u", "secret").toString()).doesNotContain("secret");
        assertThat(both.toString()).doesNotContain("q");
    }

    private static String shown(Map<String, String> headers, Parameters parameters) {
        Credentials shown = Credentials.of(asked(headers), parameters);
        return shown.user() + " " + shown.key();
    }

    private static Asked asked(Map<String, String> headers) {
        Map<String, List<String>> all = new java.util.HashMap<>();
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        return new Asked(
                "POST",
                "/phone-playback",
                Map.of(),
                Map.of(),
                all,
                new Asked.Body() {
                    @Override
                    public byte[] bytes() {
                        return new byte[0];
                    }

                    @Override
                    public InputStream upTo(long maxBytes) {
                        return InputStream.nullInputStream();
                    }
                },
                "127.0.0.1",
                false,
                "http://127.0.0.1",
                "r");
    }

    @Test
    void whatAnAccountMayNotIsToldByItsNumber() throws Refusal {
        NeutrinoFacade.requireAllowed(account(true, true, true));

        assertThat(flag(account(false, true, true))).isEqualTo(ApiError.ACCESS_DENIED);
        assertThat(flag(account(true, false, true))).isEqualTo(ApiError.NOT_VERIFIED);
        assertThat(flag(account(true, true, false))).isEqualTo(ApiError.TELEPHONY_NOT_ENABLED);
    }

    private static ApiError flag(AccountRecord account) {
        return catchThrowableOfType(Refusal.class, () -> NeutrinoFacade.requireAllowed(account))
                .error();
    }

    private static AccountRecord account(boolean enabled, boolean verified, boolean telephony) {
        return new AccountRecord("a", "a", enabled, verified, telephony, Instant.EPOCH, Instant.EPOCH);
    }

    @Test
    void aCodeIsToldDigitByDigitThreeTimesInTheLanguageThatIsAsked() throws Refusal {
        var wish = PhoneVerify.Wish.of(
                new Parameters(
                        Map.of("number", "1", "language-code", "de", "code-length", "4", "playback-delay", "50")),
                length -> "7".repeat(length));

        assertThat(wish.text()).isEqualTo("Ihr Sicherheitscode lautet: 7, 7, 7, 7.");
        String talk = "{\"type\":\"talk\",\"option\":{\"text\":\"" + wish.text() + "\",\"language\":\"de-DE\"}}";
        String sleep = "{\"type\":\"sleep\",\"option\":{\"duration\":50}}";
        assertThat(wish.actions()).isEqualTo("[" + String.join(",", talk, sleep, talk, sleep, talk) + "]");
        assertThat(wish.toString()).doesNotContain("7");
        for (var bad : Map.of("language-code", "tlh", "code-length", "3", "security-code", "12a4")
                .entrySet()) {
            var refusal = catchThrowableOfType(Refusal.class, () -> {
                var unused = PhoneVerify.Wish.of(
                        new Parameters(Map.of("number", "1", bad.getKey(), bad.getValue())), "1"::repeat);
            });
            assertThat(refusal).hasMessageContaining(bad.getKey());
        }
    }

    @Test
    void whatIsSaidOfANumberNamesItsCountry() {
        var reading = new NumberReading(true, "+4930123456", "DE", "49", "030 123456", "fixed-line");

        assertThat(PhoneValidate.answer(reading).toString())
                .isEqualTo("{\"valid\":true,\"type\":\"fixed-line\",\"is-mobile\":false,\"country\":\"Germany\","
                        + "\"location\":\"Germany\",\"country-code\":\"DE\",\"country-code3\":\"DEU\",\"currency-code\":\"EUR\","
                        + "\"international-calling-code\":\"49\",\"international-number\":\"+4930123456\","
                        + "\"local-number\":\"030 123456\",\"prefix-network\":\"\"}");
        assertThat(PhoneValidate.answer(NumberReading.INVALID)
                        .path("country-code3")
                        .asText())
                .isEmpty();
        assertThat(PhoneValidate.answer(NumberReading.INVALID)
                        .path("currency-code")
                        .asText())
                .isEmpty();
    }
}
