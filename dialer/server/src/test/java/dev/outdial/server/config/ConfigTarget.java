package dev.outdial.server.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Anything as a configuration: a server's settings, or sentences about what is wrong. */
public final class ConfigTarget {
    private ConfigTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        boolean unused = isTaken(input);
    }

    static boolean isTaken(byte[] input) {
        try {
            ServerConfig config = ConfigReader.read(
                    new String(input, StandardCharsets.UTF_8), "outdial.yaml", Path.of("/srv"), Map.of());
            if (config.http().port() > 65535) throw new AssertionError("a port that is none: " + config);
            return true;
        } catch (ConfigException refused) {
            boolean isPlain = refused.sentences().stream()
                    .allMatch(each -> each.codePoints().noneMatch(Character::isISOControl));
            if (refused.sentences().isEmpty() || !isPlain) {
                throw new AssertionError("no sentence, or one with control characters", refused);
            }
            return false;
        }
    }

    static List<byte[]> seeds() {
        return List.of(
                ConfigFile.text()
                        .lines()
                        .filter(line -> line.startsWith("# "))
                        .skip(5)
                        .takeWhile(line -> !line.contains("The trunks"))
                        .map(line -> line.substring(2))
                        .reduce("", (all, line) -> all + line + "\n")
                        .getBytes(StandardCharsets.UTF_8),
                "http: {port: 1, tls: {keystore: a}}\nguard: {per_number: [\"3 in 1d\"], quiet_hours: 21:00-08:00}\n"
                        .getBytes(StandardCharsets.UTF_8),
                "trunks:\n  - {name: a, host: h, username: u, password: p}\n  - name: b\n    host: 192.0.2.1\n"
                        .getBytes(StandardCharsets.UTF_8),
                "sip:\n  name_servers: [192.0.2.53, \"[2001:db8::1]:53\"]\n  public_address: 192.0.2.1:5060\n"
                        .getBytes(StandardCharsets.UTF_8));
    }
}
