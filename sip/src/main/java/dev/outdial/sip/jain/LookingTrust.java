package dev.outdial.sip.jain;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Looks at the certificate of the far end, and leaves the judgment to somebody else. */
final class LookingTrust extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager judge;
    private final Consumer<X509Certificate> shown;

    private LookingTrust(X509ExtendedTrustManager judge, Consumer<X509Certificate> shown) {
        this.judge = judge;
        this.shown = shown;
    }

    /** The same managers, looking. */
    static TrustManager[] all(TrustManager[] judges, Consumer<X509Certificate> shown) {
        return Arrays.stream(judges)
                .map(judge ->
                        judge instanceof X509ExtendedTrustManager strict ? new LookingTrust(strict, shown) : judge)
                .toArray(TrustManager[]::new);
    }

    private void look(X509Certificate[] chain) {
        if (chain.length > 0) shown.accept(chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        look(chain);
        judge.checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        look(chain);
        judge.checkServerTrusted(chain, authType, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        look(chain);
        judge.checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        judge.checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        judge.checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        judge.checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return judge.getAcceptedIssuers();
    }
}
