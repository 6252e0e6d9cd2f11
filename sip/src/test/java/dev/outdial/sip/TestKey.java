package dev.outdial.sip;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A key and its certificate, made on the spot by the keytool of the running JDK.
 *
 * @param keyStore the key, in a PKCS12 store
 * @param pem the certificate that a client must trust: its own, or that of the authority which signed it
 */
record TestKey(Path keyStore, Path pem) {
    private static final String PASSWORD = "changeit";
    private static final List<String> NOW = List.of("-startdate", "-1d", "-validity", "3");
    private static final List<String> LONG_AGO = List.of("-startdate", "-10d", "-validity", "3");

    /**
     * One whose certificate it signed itself.
     *
     * @param names such as {@code dns:localhost,ip:127.0.0.1}
     */
    static TestKey of(Path folder, String names) throws IOException, InterruptedException {
        return selfSigned(folder, names, NOW);
    }

    static TestKey expired(Path folder, String names) throws IOException, InterruptedException {
        return selfSigned(folder, names, LONG_AGO);
    }

    static TestKey signedByAnAuthority(Path folder, String names) throws IOException, InterruptedException {
        return signed(folder, names, NOW);
    }

    static TestKey expiredAndSignedByAnAuthority(Path folder, String names) throws IOException, InterruptedException {
        return signed(folder, names, LONG_AGO);
    }

    private static TestKey selfSigned(Path folder, String names, List<String> validity)
            throws IOException, InterruptedException {
        TestKey key = in(folder);
        key.generate("key", validity, "-ext", "san=" + names);
        key.export("key");
        return key;
    }

    private static TestKey signed(Path folder, String names, List<String> validity)
            throws IOException, InterruptedException {
        TestKey key = in(folder);
        key.generate("authority", NOW, "-ext", "bc:critical=ca:true");
        key.export("authority");
        key.generate("key", validity, "-ext", "san=" + names, "-signer", "authority");
        key.keytool("-delete", "-alias", "authority");
        return key;
    }

    private static TestKey in(Path folder) throws IOException {
        Path own = Files.createTempDirectory(folder, "key");
        return new TestKey(own.resolve("key.p12"), own.resolve("certificate.pem"));
    }

    private void generate(String alias, List<String> validity, String... more)
            throws IOException, InterruptedException {
        var arguments =
                new ArrayList<>(List.of("-genkeypair", "-alias", alias, "-keyalg", "EC", "-dname", "CN=" + alias));
        arguments.addAll(validity);
        arguments.addAll(List.of(more));
        keytool(arguments.toArray(String[]::new));
    }

    private void export(String alias) throws IOException, InterruptedException {
        keytool("-exportcert", "-rfc", "-alias", alias, "-file", pem.toString());
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        keytool(keyStore, arguments);
    }

    /** A PKCS12 store in which the certificate is trusted. */
    Path trustStore() throws IOException, InterruptedException {
        Path store = pem.resolveSibling("trust.p12");
        keytool(store, "-importcert", "-noprompt", "-alias", "trusted", "-file", pem.toString());
        return store;
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0)
            throw new IOException("keytool: " + said);
    }

    /** What a server needs to show the certificate. */
    SSLContext context() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(keyStore)) {
            store.load(in, PASSWORD.toCharArray());
        }
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
