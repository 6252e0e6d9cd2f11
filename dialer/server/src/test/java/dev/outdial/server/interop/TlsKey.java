package dev.outdial.server.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A key and the certificate for 127.0.0.1 that it signed itself, made on the spot by the JDK's keytool.
 *
 * @param certificate what a client has to trust, PEM
 * @param both the certificate and after it the private key, PEM, as servers read it
 */
record TlsKey(Path certificate, Path both) {
    private static final String PASSWORD = "changeit";

    /** One for all tests, since making one takes a second. */
    static final TlsKey KEY = make();

    private static TlsKey make() {
        try {
            var home = Files.createTempDirectory("outdial-interop-key");
            home.toFile().deleteOnExit();
            var store = file(home, "key.p12");
            PeerProcess.run(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "key",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=127.0.0.1",
                    "-startdate",
                    "-1d",
                    "-validity",
                    "3",
                    "-ext",
                    "san=ip:127.0.0.1",
                    "-keystore",
                    store.toString(),
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    PASSWORD));
            var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
            var certificate = pem("CERTIFICATE", keys.getCertificate("key").getEncoded());
            var key = pem(
                    "PRIVATE KEY", keys.getKey("key", PASSWORD.toCharArray()).getEncoded());
            return new TlsKey(
                    Files.writeString(file(home, "certificate.pem"), certificate),
                    Files.writeString(file(home, "both.pem"), certificate + key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static Path file(Path home, String name) {
        var file = home.resolve(name);
        file.toFile().deleteOnExit();
        return file;
    }

    private static String pem(String what, byte[] content) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + what
                + "-----\n";
    }
}
