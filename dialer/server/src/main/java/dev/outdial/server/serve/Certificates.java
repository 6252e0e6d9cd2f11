package dev.outdial.server.serve;

import dev.outdial.server.config.ServerConfig.KeyStoreFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The server's certificate, from a file. */
final class Certificates {
    private Certificates() {}

    /** @throws ServeException where the file is none, the password is not its own, or it holds no key */
    static SSLContext context(KeyStoreFile file) {
        char[] password = file.password().value().toCharArray();
        try (InputStream in = Files.newInputStream(file.file())) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, password);
            if (keys.size() == 0) throw new ServeException("http.tls.keystore: " + file.file() + " holds no key");
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (NoSuchFileException missing) {
            throw new ServeException("http.tls.keystore: there is no file " + file.file(), missing);
        } catch (IOException unreadable) {
            String why = unreadable.getCause() instanceof UnrecoverableKeyException
                    ? "the password does not open " + file.file()
                    : file.file() + " is no PKCS12 file that can be read";
            throw new ServeException("http.tls.keystore: " + why, unreadable);
        } catch (GeneralSecurityException unusable) {
            throw new ServeException("http.tls.keystore: " + file.file() + " cannot be used", unusable);
        }
    }
}
