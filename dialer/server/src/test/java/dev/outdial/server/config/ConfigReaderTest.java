package dev.outdial.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outdial.server.calls.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
    private static final Path HERE = Path.of("/srv/outdial");

    private static ServerConfig read(String text) {
        return read(text, Map.of());
    }

    private static ServerConfig read(String text, Map<String, String> environment) {
        return ConfigReader.read(text, "outdial.yaml", HERE, environment);
    }

    private static List<String> wrong(String text, Map<String, String> environment) {
        var refused = catchThrowableOfType(ConfigException.class, () -> read(text, environment));
        assertThat(refused).as("'%s' is taken", text).isNotNull();
        return refused.sentences();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            htp: {port: 1}                        | line 1: there is no setting 'htp' (did you mean 'http'?)
            http: {prot: 1}                       | line 1: there is no setting 'http.prot' (did you mean 'http.port'?)
            port: 1                               | (did you mean 'http.port'?)
            trunk: []                             | (did you mean 'trunks'?)
            trunks: [{name: a, host: h, passwrd: PLANTED}] | there is no setting 'passwrd' (did you mean 'password'?)
            http: {port: 70000}                   | line 1: http.port: '70000': a number from 0 to 65535 is expected
            http: {port: eighty}                  | http.port: 'eighty': a number from 0 to 65535 is expected
            http: {port: [1, 2]}                  | http.port: one value is expected
            http: 8080                            | http has settings within it, as http.host
            http: {host: '  '}                    | http.host: '  ': an address is expected
            http: {burst: 0}                      | http.burst: '0': a number from 1 to
            http: {requests_per_second: fast}     | a number from 0 to 100000 is expected
            drain: forever                        | drain: 'forever': a time from 0s to 1440m is expected, as 30s, 15m, 8h or 90d
            drain: 25h                            | drain: '25h': a time from
            retention: -1                         | retention: '-1': a time from
            store: {url: 'jdbc:mysql://h/d'}      | store.url: 'jdbc:mysql://h/d': jdbc:postgresql://host/database is expected
            store: {connections: 201}             | a number from 1 to 200 is expected
            store: {lease: 10ms}                  | store.lease: '10ms': a time from 1s to 10m
            sip: {public_address: nowhere}        | sip.public_address: 'nowhere': public address 'nowhere'
            sip: {name_servers: [dns.example]}    | sip.name_servers: 'dns.example': an address is expected
            rtp: {first_port: 16385}              | rtp.first_port: '16385': an even port is expected
            rtp: {last_port: 16000}               | rtp.last_port: '16000': a higher port than rtp.first_port
            guard: {home: XX}                     | guard.home: 'XX': country 'XX'
            guard: {countries: [US, QQ]}          | guard.countries: 'US, QQ': country 'QQ'
            guard: {deny: ['49']}                 | guard.deny: '49': '49': a number with its country code
            guard: {per_number: [often]}          | guard.per_number: 'often': calls and a time are expected, as 3 in 1d
            guard: {quiet_hours: '25:00-08:00'}   | two times are expected, as 21:00-08:00
            guard: {quiet_hours: '08:00-08:00'}   | guard.quiet_hours
            pace: {at_once: -2}                   | pace.at_once: '-2'
            webhooks: {ports: [0]}                | webhooks.ports: '0': ports from 1 to 65535 are expected
            webhooks: {callback_secret: PLANTED}  | webhooks.callback_secret: whsec_ and 24 bytes or more in base64 are expected
            sound: {largest: huge}                | sound.largest: 'huge': a size from
            log: {level: loud}                    | log.level: 'loud': one of debug, error, info, warn is expected
            log: {mask_numbers: perhaps}          | true or false is expected
            trunks: carrier                       | trunks: a list is expected, as - name: carrier
            trunks: [carrier]                     | settings of a trunk are expected
            trunks: [{host: h}]                   | line 1: trunk without a name: name: a value is expected
            trunks: [{name: a}]                   | trunk a: host: a value is expected
            trunks: [{name: a, host: h}, {name: a, host: i}] | trunk a: name: 'a': another trunk has this name
            trunks: [{name: a, host: "sip:h"}]  | a name or an address is expected, without sip: and port
            trunks: [{name: a, host: h, password: PLANTED}] | trunk a: password: a password without a username
            trunks: [{name: a, host: h, codecs: [gsm]}] | trunk a: codecs: 'gsm'
            trunks: [{name: a, host: h, outbound_proxy: me@edge.example}] | trunk a: outbound_proxy: 'me@edge.example': the outbound proxy has a user
            trunks: [{name: a, host: h, expires: 10s}] | trunk a: expires: '10s': a time from 30s to 1440m
            trunks: [{name: a, host: h, headers: [X-Customer]}] | trunk a: headers: 'X-Customer': X-Name=value is expected
            trunks: [{name: a, host: h, headers: [From=me]}] | trunk a: headers: 'From=me': header From of a trunk: X-... is expected
            trunks: [{name: a, host: h, dtmf: inband}] | one of info, rfc4733 is expected
            - a                                   | settings are expected, as http:
            http: {port: 1, port: 2}            | 'port' stands here a second time
            a: [1                               | this is no YAML
            """)
    void whatMakesNoSenseIsRefusedWithASentence(String text, String sentence) {
        assertThat(wrong(text.replace("\\n", "\n"), Map.of()))
                .anySatisfy(each -> assertThat(each).contains(sentence))
                .allSatisfy(each ->
                        assertThat(each).startsWith("outdial.yaml line ").doesNotContain("PLANTED"));
    }

    @Test
    void everythingThatIsWrongIsToldAtOnceWithItsLine() {
        assertThat(wrong("""
                        http:
                          port: x
                        drain: y

                        log:
                          levle: info
                        """, Map.of()))
                .hasSize(3)
                .anySatisfy(each -> assertThat(each).startsWith("outdial.yaml line 2: http.port"))
                .anySatisfy(each -> assertThat(each).startsWith("outdial.yaml line 3: drain"))
                .anySatisfy(
                        each -> assertThat(each).startsWith("outdial.yaml line 6: there is no setting 'log.levle'"));
    }

    @Test
    void anAliasIsRefused() {
        assertThat(wrong("drain: &time 30s\nretention: *time\n", Map.of()))
                .anySatisfy(each -> assertThat(each).contains("line 2: aliases (*name) are not taken"));
    }

    @Test
    void nothingIsNeeded() {
        ServerConfig config = read("");

        assertThat(config.http().host()).isEqualTo("127.0.0.1");
        assertThat(config.http().port()).isEqualTo(8080);
        assertThat(config.data()).isEqualTo(HERE.resolve("outdial-data"));
        assertThat(config.sounds().recordings()).isEqualTo(HERE.resolve("outdial-data/recordings"));
        assertThat(config.loopbackTrunk()).isFalse();
        assertThat(config.trunks()).isEmpty();
        assertThat(config.drain()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.pace().callsPerSecond()).isInfinite();
        assertThat(config.webhooks().reach().ports()).containsExactlyInAnyOrder(80, 443);
    }

    @Test
    void whatIsWrittenIsTaken() {
        ServerConfig config = read("""
                data: /var/lib/outdial
                drain: 2m
                retention: 0
                http: {host: 0.0.0.0, port: 443, tls: {keystore: keys.p12, password: "a: b"}}
                store: {url: "jdbc:postgresql://db/outdial", user: o, password: p, lease: 20s}
                sip: {host: 192.0.2.7, port: 5062, public_address: "198.51.100.1:5060", name_servers: [192.0.2.53, "192.0.2.54:5353", "2001:db8::53"]}
                guard: {home: de, countries: [DE, AT], deny: ["+49900"], per_number: ["3 in 1d", "1 in 1h"], quiet_hours: 21:00-08:00}
                pace: {calls_per_second: 2.5, at_once: 100}
                trunks:
                  - name: carrier
                    host: sip.example.com
                    port: 5061
                    transport: tls
                    username: alice
                    password: "00123"
                    codecs: [g722, pcma]
                    srtp: optional
                    max_channels: 30
                    outbound_proxy: edge.example.com:5070
                    expires: 1h
                    headers: [X-Customer=7, X-Site=a=b]
                  - {name: other, host: "2001:db8::1", register: no}
                """);

        assertThat(config.http().tls().orElseThrow().file()).isEqualTo(HERE.resolve("keys.p12"));
        assertThat(config.http().tls().orElseThrow().password()).isEqualTo(new Secret("a: b"));
        assertThat(config.store().url()).hasValue("jdbc:postgresql://db/outdial");
        assertThat(config.network().nameServers()).hasSize(3);
        assertThat(config.guard().countries()).containsExactlyInAnyOrder("DE", "AT");
        assertThat(config.guard().denied()).containsExactly("+49900");
        assertThat(config.guard().limits()).hasSize(2);
        assertThat(config.guard().quietHours()).isPresent();
        assertThat(config.pace().callsPerSecond()).isEqualTo(2.5);
        assertThat(config.trunks()).hasSize(2);
        TrunkOptions carrier = config.trunks().getFirst();
        assertThat(carrier.password()).hasValue(new Secret("00123"));
        assertThat(carrier.settings().codecs()).containsExactly("G722", "PCMA");
        assertThat(carrier.settings().outboundProxy()).isEqualTo("edge.example.com:5070");
        assertThat(carrier.settings().expiresSeconds()).isEqualTo(3600);
        assertThat(carrier.settings().headers()).isEqualTo(Map.of("X-Customer", "7", "X-Site", "a=b"));
        assertThat(config.trunks().getLast().settings().register()).isFalse();
        assertThat(config.retention()).isZero();
    }

    @Test
    void theEnvironmentWinsOverTheFile() {
        ServerConfig config = read(
                "http: {port: 1}\ntrunks: [{name: carrier-1, host: h, username: u}]\n",
                Map.of(
                        "OUTDIAL_HTTP_PORT", "9090",
                        "OUTDIAL_STORE_PASSWORD", "secret",
                        "OUTDIAL_GUARD_COUNTRIES", "DE, FR",
                        "OUTDIAL_TRUNKS_CARRIER_1_PASSWORD", "hush",
                        "OUTDIAL_SERVICE_HOST", "10.0.0.1"));

        assertThat(config.http().port()).isEqualTo(9090);
        assertThat(config.store().password()).isEqualTo(new Secret("secret"));
        assertThat(config.guard().countries()).isEqualTo(Set.of("DE", "FR"));
        assertThat(config.trunks().getFirst().password()).isEqualTo(Optional.of(new Secret("hush")));
    }

    @Test
    void whatIsWrongInTheEnvironmentIsToldWithItsVariable() {
        assertThat(wrong("", Map.of("OUTDIAL_HTTP_PORT", "x")))
                .containsExactly("OUTDIAL_HTTP_PORT: http.port: 'x': a number from 0 to 65535 is expected");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            OUTDIAL_HTP_PORT                 | OUTDIAL_HTTP_PORT
            OUTDIAL_HTTP_PROT                | OUTDIAL_HTTP_PORT
            OUTDIAL_LOG_LEVLE                | OUTDIAL_LOG_LEVEL
            OUTDIAL_APIKEY                   | OUTDIAL_API_KEY
            OUTDIAL_TRUNKS_CARRIER_1_PASWORD | OUTDIAL_TRUNKS_CARRIER_1_PASSWORD
            OUTDIAL_TRUNKS_CARIER_1_PASSWORD | OUTDIAL_TRUNKS_CARRIER_1_PASSWORD
            OUTDIAL_SOMETHING_ELSE           | -
            """)
    void aVariableThatIsNoSettingIsRefusedWithTheOneThatMayHaveBeenMeant(String typed, String meant) {
        assertThat(wrong("trunks: [{name: carrier-1, host: h, username: u}]", Map.of(typed, "PLANTED")))
                .containsExactly(typed + ": there is no setting of this name"
                        + (meant == null ? "" : " (did you mean '" + meant + "'?)"));
    }

    @Test
    void variablesOfCommandsOfServicesAndOfOthersAreLeftAlone() {
        assertThat(read(
                                "",
                                Map.of(
                                        "OUTDIAL_URL", "http://h",
                                        "OUTDIAL_API_KEY", "od_x",
                                        "OUTDIAL_LOG", "DEBUG",
                                        "OUTDIAL_PORT", "tcp://10.0.0.1:8080",
                                        "OUTDIAL_PORT_8080_TCP_ADDR", "10.0.0.1",
                                        "OUTDIAL_SERVICE_PORT_HTTP", "8080",
                                        "OUTDIALS", "x"))
                        .http()
                        .port())
                .isEqualTo(8080);
    }

    @Test
    void whatIsReadLaterSaysWhichSettingsChanged(@TempDir Path folder) throws Exception {
        Path file =
                Files.writeString(folder.resolve("outdial.yaml"), "http: {port: 8080}\nguard: {countries: [US, DE]}\n");
        Reading before = ConfigReader.reading(file, Map.of());
        Path unused = Files.writeString(
                file,
                "http: {burst: 7}\nguard: {countries: [DE, US]}\nstore: {password: PLANTED}\ntrunks: [{name: a, host: h}]\n");
        Reading after = ConfigReader.readingAgain(file, Map.of("OUTDIAL_TRUNKS_GONE_PASSWORD", "x"));

        assertThat(after.changedSince(before)).containsExactly("http.burst", "store.password", "guard.countries");
        assertThat(before.changedSince(before)).isEmpty();
        assertThat(after.toString()).doesNotContain("PLANTED");
    }

    @Test
    void noSecretShows() {
        ServerConfig config = read("""
                http: {tls: {keystore: k, password: PLANTED-1}}
                store: {url: "jdbc:postgresql://h/d", password: PLANTED-2}
                webhooks: {callback_secret: whsec_PLANTEDPLANTEDPLANTEDPLANTEDPLANTED}
                trunks: [{name: a, host: h, username: u, password: PLANTED-3}]
                """);

        assertThat(config.toString()).doesNotContain("PLANTED");
    }

    @Test
    void aFileThatIsNotThereIsToldOf(@TempDir Path folder) {
        Path missing = folder.resolve("none.yaml");
        var refused = catchThrowableOfType(ConfigException.class, () -> ConfigReader.read(missing, Map.of()));

        assertThat(refused).hasMessage(missing + ": there is no such file; 'outdial init' writes one");
        var folderRefused = catchThrowableOfType(ConfigException.class, () -> ConfigReader.read(folder, Map.of()));
        assertThat(folderRefused).hasMessageContaining("this is a folder");
    }

    @Test
    void theFileToBeginWithIsReadWithoutAFindingAndSaysTheDefaults(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("outdial.yaml"), ConfigFile.text());

        assertThat(ConfigReader.read(file, Map.of())).isEqualTo(ConfigReader.withoutFile(folder, Map.of()));
    }

    @Test
    void whoTakesAwayTheCommentsHasTheDefaultsStill(@TempDir Path folder) throws Exception {
        String settings = ConfigFile.text()
                .lines()
                .skip(4)
                .takeWhile(line -> !line.startsWith("# The trunks"))
                .map(line -> line.replaceFirst("^# ?", ""))
                .reduce("", (all, line) -> all + line + "\n");
        Path file = Files.writeString(folder.resolve("outdial.yaml"), settings);

        assertThat(settings).contains("\nhttp:\n").contains("\n  tls:\n").contains("port: 8080");
        assertThat(ConfigReader.read(file, Map.of())).isEqualTo(ConfigReader.withoutFile(folder, Map.of()));
    }

    @Test
    void everySettingIsInTheFile() {
        String text = ConfigFile.text();

        assertThat(Key.SERVER)
                .allSatisfy(key -> assertThat(text)
                        .contains(key.path().replaceFirst(".*[.]", "") + ": ")
                        .contains(key.explanation()));
        assertThat(Key.TRUNK).allSatisfy(key -> assertThat(text).contains(key.explanation()));
    }
}
