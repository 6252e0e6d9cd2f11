package dev.outdial.server.http;

import io.javalin.config.JettyConfig;
import java.util.Set;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** How connections are taken: limits of time, size and number, and plain words for what never becomes a request. */
final class Wire {
    private static final int MAX_HEAD_BYTES = 8 * 1024;
    private static final int STOP_MILLIS = 5000;
    /** How long connections without a request are left alone when the server stops. */
    private static final int LAST_IDLE_MILLIS = 100;
    /** Connections that the system keeps until they are taken: many may come at once. */
    private static final int ACCEPT_QUEUE = 1024;

    private Wire() {}

    /** @param more ports besides that of the settings */
    static void configure(JettyConfig jetty, HttpSettings settings, Set<Integer> more) {
        jetty.modifyHttpConfiguration(http -> {
            http.setRequestHeaderSize(MAX_HEAD_BYTES);
            http.setSendServerVersion(false);
            http.setSendXPoweredBy(false);
            http.setSendDateHeader(true);
        });
        jetty.modifyServer(server -> {
            server.setStopTimeout(STOP_MILLIS);
            server.setErrorHandler(new WireErrors(settings.loopbackTrunk()));
        });
        jetty.addConnector((server, http) -> connector(server, http, settings));
        for (int port : more) {
            jetty.addConnector((server, http) -> connector(server, http, settings.at(settings.host(), port)));
        }
    }

    private static ServerConnector connector(Server server, HttpConfiguration http, HttpSettings settings) {
        var connector = new ServerConnector(server, factories(http, settings));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(settings.idleTimeout().toMillis());
        connector.setShutdownIdleTimeout(LAST_IDLE_MILLIS);
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        server.addBean(new NetworkConnectionLimit(settings.maxConnections(), connector));
        connector.addBean(new HeadDeadline(settings.requestTimeout(), connector::getScheduler));
        return connector;
    }

    private static ConnectionFactory[] factories(HttpConfiguration http, HttpSettings settings) {
        if (settings.tls().isEmpty()) return new ConnectionFactory[] {new HttpConnectionFactory(http)};
        var tls = new SslContextFactory.Server();
        tls.setSslContext(settings.tls().get());
        var secure = new HttpConfiguration(http);
        // A certificate for another name than was asked for is the client's to judge.
        secure.addCustomizer(new SecureRequestCustomizer(false));
        return new ConnectionFactory[] {new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(secure)};
    }
}
