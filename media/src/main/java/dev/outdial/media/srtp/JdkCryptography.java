package dev.outdial.media.srtp;

import java.lang.reflect.Field;
import java.security.Security;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jitsi.srtp.crypto.Aes;
import org.jitsi.srtp.crypto.CipherFactory;
import org.jitsi.srtp.crypto.HmacSha1;

/**
 * Keeps the SRTP library to the JDK's own cryptography. Left to itself it loads a native OpenSSL, for its HMAC without a
 * switch against it, and looks for the fastest AES with a benchmark. Where a version of it cannot be kept to this, no SRTP
 * session comes to be.
 */
final class JdkCryptography {
    private static final String PROVIDER = "SunJCE";
    /** Held here, for the log manager alone would forget its level. What goes wrong is thrown or returned, not logged. */
    private static final Logger LIBRARY_LOG = Logger.getLogger("org.jitsi");

    static {
        LIBRARY_LOG.setLevel(Level.OFF);
        set(Aes.class, "factories", new CipherFactory[] {new Aes.SunJCECipherFactory()});
        Aes.setFactoryClassName(Aes.SunJCECipherFactory.class.getName());
        set(HmacSha1.class, "providers", List.of(Security.getProvider(PROVIDER)));
    }

    private JdkCryptography() {}

    /** Before the first use of the library; any further call does nothing. */
    static void use() {
        // All is done when this class is loaded.
    }

    private static void set(Class<?> owner, String name, Object value) {
        try {
            Field field = owner.getDeclaredField(name);
            field.setAccessible(true);
            field.set(null, value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "the SRTP library has another " + owner.getSimpleName() + " than expected", e);
        }
    }
}
