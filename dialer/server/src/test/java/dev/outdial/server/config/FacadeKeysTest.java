package dev.outdial.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outdial.server.facade.FacadeOptions;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that one API has alone. */
class FacadeKeysTest {
    private static ServerConfig read(String text) {
        return ConfigReader.read(text, "outdial.yaml", Path.of("/srv/outdial"), Map.of());
    }

    private static Map<String, String> settings(Map<String, FacadeOptions> facades, String name) {
        return facades.getOrDefault(name, FacadeOptions.STANDARD).settings();
    }

    @Test
    void whatIsNotSaidIsAsUsual() {
        var facades = read("").facades();
        assertThat(settings(facades, "cequens"))
                .containsEntry("path", "/voice/v1/calls")
                .containsEntry("names", "");
        assertThat(settings(facades, "voice2phone"))
                .containsEntry("allow_http", "false")
                .containsEntry("statuses", "")
                .containsEntry("requests_per_second", "0")
                .containsEntry("wait", "3");
    }

    @Test
    void whatIsSaidIsTaken() {
        var facades = read("facades: {cequens: {path: /v2/say, names: 'recipient=phone, sayText = words'},"
                        + " voice2phone: {allow_http: true, statuses: 'busy=13,failed=-1', requests_per_second: 1.5, wait: 0}}")
                .facades();
        assertThat(settings(facades, "cequens"))
                .containsEntry("path", "/v2/say")
                .containsEntry("names", "recipient=phone, sayText = words");
        assertThat(settings(facades, "voice2phone"))
                .containsEntry("allow_http", "true")
                .containsEntry("statuses", "busy=13,failed=-1")
                .containsEntry("requests_per_second", "1.5")
                .containsEntry("wait", "0");
    }

    @Test
    void thePagesHaveAPlaceAsTheApisHave() {
        assertThat(read("").facades()).containsEntry("dashboard", FacadeOptions.STANDARD);
        FacadeOptions pages = read("dashboard: {enabled: false, host: pages.example.com, port: 8081}")
                .facades()
                .get("dashboard");
        assertThat(pages).isNotNull();
        assertThat(pages.enabled()).isFalse();
        assertThat(pages.host()).hasValue("pages.example.com");
        assertThat(pages.port()).hasValue(8081);
        var refused = catchThrowableOfType(ConfigException.class, () -> read("dashboard: {enabeld: false}"));
        assertThat(refused.sentences()).singleElement().asString().contains("did you mean 'dashboard.enabled'?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            cequens: {path: calls}                  | facades.cequens.path: 'calls': a path is expected
            cequens: {path: '/a/{b}'}               | a path is expected, as /voice/v1/calls
            cequens: {names: phone}                 | facades.cequens.names: 'phone': fields and their names are expected
            cequens: {names: 'number=phone'}        | fields and their names are expected, as recipient=phone
            cequens: {nmes: ''}                     | did you mean 'facades.cequens.names'?
            voice2phone: {allow_http: perhaps}      | facades.voice2phone.allow_http: 'perhaps': true or false is expected
            voice2phone: {statuses: 'busy=three'}   | statuses and their numbers are expected, as busy=13
            voice2phone: {requests_per_second: -1}  | facades.voice2phone.requests_per_second: '-1': a number is expected
            voice2phone: {wait: 61}                 | facades.voice2phone.wait: '61': a number from 0 to 60 is expected
            """)
    void whatMakesNoSenseIsTold(String settings, String sentence) {
        var refused = catchThrowableOfType(ConfigException.class, () -> read("facades: {" + settings + "}"));
        assertThat(refused).as("'%s' is taken", settings).isNotNull();
        assertThat(refused.sentences()).singleElement().asString().contains(sentence);
    }
}
