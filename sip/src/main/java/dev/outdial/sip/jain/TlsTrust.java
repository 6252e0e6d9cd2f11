package dev.outdial.sip.jain;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** Reads the file that says whose certificates are trusted. */
final class TlsTrust {
    private static final long LARGEST_BYTES = 16L * 1024 * 1024;
    private static final String PEM = "-----BEGIN CERTIFICATE-----";
    // A store of public certificates needs no secret: keytool writes one all the same, and this is the one that the JDK
    // uses.
    private static final String USUAL_PASSWORD = "changeit";

    private TlsTrust() {}

    /**
     * The certificates of a PEM or PKCS12 file.
     *
     * @throws IOException with a sentence for a person
     */
    static KeyStore read(Path file) throws IOException {
        try {
            byte[] bytes = content(file);
            boolean pem = new String(bytes, StandardCharsets.ISO_8859_1).contains(PEM);
            Collection<? extends Certificate> certificates = pem ? ofPem(bytes) : ofPkcs12(bytes);
            if (certificates.isEmpty()) throw unusable(file, "it holds no certificate", null);
            var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int serial = 0;
            for (Certificate certificate : certificates) {
                trusted.setCertificateEntry(Integer.toString(serial++), certificate);
            }
            return trusted;
        } catch (GeneralSecurityException e) {
            throw unusable(file, "it cannot be read", e);
        }
    }

    private static byte[] content(Path file) throws IOException {
        try {
            if (Files.size(file) > LARGEST_BYTES) throw unusable(file, "it is larger than 16 MB", null);
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IOException("trust file '" + file + "': there is no such file", e);
        }
    }

    private static Collection<? extends Certificate> ofPem(byte[] bytes) throws CertificateException {
        // Whatever stands before the first certificate is a comment, which the factory would stumble over.
        int start = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(PEM);
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(bytes, start, bytes.length - start));
    }

    private static Collection<Certificate> ofPkcs12(byte[] bytes) throws GeneralSecurityException {
        for (char[] password : new char[][] {new char[0], USUAL_PASSWORD.toCharArray()}) {
            var store = KeyStore.getInstance("PKCS12");
            try {
                store.load(new ByteArrayInputStream(bytes), password);
            } catch (IOException e) { // another password, or no such store
                continue;
            }
            var certificates = new ArrayList<Certificate>();
            for (String alias : Collections.list(store.aliases())) {
                if (store.isCertificateEntry(alias)) certificates.add(store.getCertificate(alias));
            }
            return certificates;
        }
        return List.of();
    }

    private static IOException unusable(Path file, String why, @org.jspecify.annotations.Nullable Throwable cause) {
        return new IOException(
                "trust file '" + file + "': " + why
                        + "; certificates in PEM, or a PKCS12 store of trusted certificates without a password, are expected",
                cause);
    }
}
