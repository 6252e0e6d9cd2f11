package dev.outdial.sip;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A key and its self-signed certificate, made on the spot by the keytool of the running JDK. */
record TestKey(Path keyStore, Path pem) {
    private static final String PASSWORD = "changeit";

    /**
     * Makes one.
     *
     * @param names such as {@code dns:localhost,ip:127.0.0.1}
     */
    static TestKey of(Path folder, String names) throws IOException, InterruptedException {
        return of(folder, names, "-startdate", "-1d", "-validity", "3");
    }

    static TestKey expired(Path folder, String names) throws IOException, InterruptedException {
        return of(folder, names, "-startdate", "-10d", "-validity", "3");
    }

    private static TestKey of(Path folder, String names, String... validity) throws IOException, InterruptedException {
        Path own = Files.createTempDirectory(folder, "key");
        var key = new TestKey(own.resolve("key.p12"), own.resolve("certificate.pem"));
        var generate = new ArrayList<>(List.of("-genkeypair", "-alias", "key", "-keyalg", "EC", "-dname", "CN=test"));
        generate.addAll(List.of("-ext", "san=" + names, "-keystore", key.keyStore.toString()));
        generate.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        generate.addAll(List.of(validity));
        keytool(generate);
        keytool(List.of(
                "-exportcert",
                "-rfc",
                "-alias",
                "key",
                "-file",
                key.pem.toString(),
                "-keystore",
                key.keyStore.toString(),
                "-storepass",
                PASSWORD));
        return key;
    }

    /** A PKCS12 store in which the certificate is trusted. */
    Path trustStore() throws IOException, InterruptedException {
        Path store = pem.resolveSibling("trust.p12");
        keytool(List.of(
                "-importcert",
                "-noprompt",
                "-alias",
                "trusted",
                "-file",
                pem.toString(),
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD));
        return store;
    }

    private static void keytool(List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
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
