package dev.outdial.media.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.testbed.dns.DnsServer;
import dev.outdial.testbed.dns.RecordType;
import dev.outdial.testbed.web.WebAnswers;
import dev.outdial.testbed.web.WebExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody gets us to connect to where we must not: neither by the address, nor by a redirect, nor by a name. */
@Timeout(60)
class WebClientSsrfTest {
    private final Neighbourhood place = Neighbourhood.open();

    @AfterEach
    void close() {
        place.close();
    }

    private static List<String> hosts() {
        var hosts = new ArrayList<>(Arrays.asList(DestinationTest.LOOPBACK_HOSTS));
        hosts.add("localhost");
        hosts.add("LOCALHOST.");
        hosts.add("a.localhost");
        return hosts;
    }

    @Test
    void theCounterCounts() throws IOException {
        var policy = place.policy().withAddresses(AddressRule.ANY);
        place.inside.on("/a", WebAnswers.content("audio/wav", new byte[3]));
        try (var client = new WebClient(policy)) {
            byte[] body = client.exchange(
                    WebRequest.get(place.inside.uri("/a")),
                    response -> response.body().readAllBytes());
            assertThat(body).hasSize(3);
        }
        assertThat(place.connectionsInside()).isEqualTo(1);
    }

    @Test
    void noSpellingOfAPrivateAddressIsConnectedTo() throws IOException {
        try (var client = new WebClient(place.policy())) {
            for (String host : hosts()) {
                String address = "http://" + host + ":" + place.web.port() + "/a?key=hunter2";
                assertThatThrownBy(() -> Destination.of(address, place.policy())
                                .url()
                                .toString()
                                .concat(String.valueOf(
                                        client.exchange(WebRequest.get(URI.create(address)), WebResponse::status))))
                        .as(host)
                        .isInstanceOfAny(FetchException.class, IllegalArgumentException.class);
            }
        }
        assertThat(place.connectionsInside()).isZero();
    }

    @Test
    void noRedirectToAPrivateAddressIsFollowed() throws IOException {
        int redirects = 0;
        try (var client = new WebClient(place.policy())) {
            for (String host : hosts()) {
                for (String location : List.of(
                        "http://" + host + ":" + place.web.port() + "/a",
                        "//" + host + ":" + place.web.port() + "/a",
                        "http:\\\\" + host + ":" + place.web.port() + "\\a")) {
                    // As bytes on the wire: a server writes what it likes.
                    byte[] answer = ("HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8);
                    place.web.on("/r", exchange -> exchange.send(answer));
                    assertThatThrownBy(() -> place.get(client, "/r?key=hunter2"))
                            .as(location)
                            .isInstanceOf(FetchException.class)
                            .hasMessageNotContaining("hunter2");
                    redirects++;
                }
            }
        }
        assertThat(place.web.connectionCount()).isEqualTo(redirects);
        assertThat(place.connectionsInside()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void noKindOfRedirectDoesBetter(int status) throws IOException {
        place.web.on("/r", WebAnswers.redirect(status, place.inside.uri("/a").toString()));
        try (var client = place.client()) {
            assertThatThrownBy(() -> place.get(client, "/r"))
                    .hasMessage("cannot fetch from 127.0.0.2: it redirects; cannot fetch from 127.0.0.1:"
                            + " it is a loopback address");
        }
        assertThat(place.connectionsInside()).isZero();
    }

    @Test
    void aNameWithAPrivateAddressIsRefusedThoughItHasAPublicOneToo() throws IOException {
        try (var dns = DnsServer.open();
                var client = new WebClient(place.policy(), new DnsNames(dns.address()))) {
            dns.a("mixed.test", 0, Neighbourhood.PUBLIC_HOST).a("mixed.test", 0, "127.0.0.1");

            assertThatThrownBy(() -> get(client, "mixed.test"))
                    .hasMessage("cannot fetch from mixed.test: it has a loopback address");
        }
        assertThat(place.web.connectionCount()).isZero();
        assertThat(place.connectionsInside()).isZero();
    }

    @Test
    void aNameIsLookedUpOnceForAConnectionAndJudgedAnewForTheNext() throws IOException {
        try (var dns = DnsServer.open();
                var client = new WebClient(place.policy(), new DnsNames(dns.address()))) {
            dns.a("rebind.test", 0, Neighbourhood.PUBLIC_HOST);
            // As soon as we were there, the name leads inside.
            place.web.on("/a", exchange -> {
                rebind(dns);
                WebAnswers.redirect("/b").answer(exchange);
            });

            assertThatThrownBy(() -> get(client, "rebind.test"))
                    .hasMessage("cannot fetch from rebind.test: it has a loopback address");
            assertThat(dns.queryCount("rebind.test", RecordType.A)).isEqualTo(2);
        }
        assertThat(place.web.connectionCount()).isEqualTo(1);
        assertThat(place.connectionsInside()).isZero();
    }

    @Test
    void aNameThatChangesBetweenTheLookupAndTheConnectionChangesNothing() throws IOException {
        try (var dns = DnsServer.open()) {
            dns.a("rebind.test", 0, Neighbourhood.PUBLIC_HOST);
            place.web.on("/a", WebAnswers.content("audio/wav", new byte[3]));
            var asked = new DnsNames(dns.address());
            HostNames rebinding = host -> {
                List<InetAddress> first = asked.addresses(host);
                rebind(dns);
                return first;
            };
            try (var client = new WebClient(place.policy(), rebinding)) {
                assertThat(get(client, "rebind.test")).hasSize(3);
                assertThatThrownBy(() -> get(client, "rebind.test"))
                        .hasMessage("cannot fetch from rebind.test: it has a loopback address");
            }
        }
        assertThat(place.web.connectionCount()).isEqualTo(1);
        assertThat(place.connectionsInside()).isZero();
    }

    private static void rebind(DnsServer dns) {
        dns.remove("rebind.test").a("rebind.test", 0, "127.0.0.1");
    }

    private byte[] get(WebClient client, String host) throws IOException {
        return client.exchange(
                WebRequest.get(URI.create("http://" + host + ":" + place.web.port() + "/a")),
                response -> response.body().readAllBytes());
    }

    @Test
    void theSocketItselfRefusesWhateverCameBefore() throws IOException {
        try (Socket socket = new GuardedSockets(Neighbourhood::judge).createSocket()) {
            assertThatThrownBy(() -> socket.connect(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), place.inside.port())))
                    .isInstanceOf(ForbiddenAddressException.class);
            assertThatThrownBy(() -> socket.connect(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), place.inside.port()), 1000))
                    .isInstanceOf(ForbiddenAddressException.class);
            assertThatThrownBy(() -> socket.connect(InetSocketAddress.createUnresolved("localhost", 80), 1000))
                    .isInstanceOf(IOException.class);
            socket.connect(new InetSocketAddress(Neighbourhood.PUBLIC_HOST, place.web.port()), 1000);
            assertThat(socket.isConnected()).isTrue();
        }
        assertThat(place.connectionsInside()).isZero();
    }

    @Test
    void aPortThatWasNotAllowedIsNotConnectedToEither() throws IOException {
        try (var client = new WebClient(FetchPolicy.DEFAULT.withAddresses(Neighbourhood::judge))) {
            assertThatThrownBy(() -> place.get(client, "/a"))
                    .hasMessage("cannot fetch from 127.0.0.2: port " + place.web.port() + " may not be connected to");
        }
        assertThat(place.web.connectionCount()).isZero();
    }

    @Test
    void noProxyOfTheEnvironmentIsUsed() throws IOException {
        List<String> properties = List.of(
                "http.proxyHost",
                "http.proxyPort",
                "http.nonProxyHosts",
                "socksProxyHost",
                "socksProxyPort",
                "socksNonProxyHosts");
        place.web.on("/a", WebAnswers.content("audio/wav", new byte[3]));
        try {
            System.setProperty("http.proxyHost", "127.0.0.1");
            System.setProperty("http.proxyPort", "" + place.inside.port());
            System.setProperty("socksProxyHost", "127.0.0.1");
            System.setProperty("socksProxyPort", "" + place.inside.port());
            // Else local addresses would go past a proxy anyway.
            System.setProperty("http.nonProxyHosts", "");
            System.setProperty("socksNonProxyHosts", "");
            assertThat(ProxySelector.getDefault().select(place.web.uri("/a"))).doesNotContain(Proxy.NO_PROXY);
            try (var client = place.client()) {
                assertThat(place.get(client, "/a")).hasSize(3);
            }
        } finally {
            properties.forEach(System::clearProperty);
        }
        assertThat(place.web.connectionCount()).isEqualTo(1);
        assertThat(place.connectionsInside()).isZero();
    }

    @Test
    void nothingIsSentThatWasNotGiven() throws IOException {
        place.web.on("/a", WebAnswers.content("audio/wav", new byte[3], "Set-Cookie: id=1; Path=/"));
        place.web.on("/secret", WebClientSsrfTest::challenge);
        try (var client = place.client()) {
            place.get(client, "/a");
            place.get(client, "/a");
            client.exchange(WebRequest.get(place.web.uri("/secret")), WebResponse::status);
        }
        assertThat(place.web.requests())
                .hasSize(3)
                .allSatisfy(request -> assertThat(request.headers().keySet())
                        .containsExactlyInAnyOrder("host", "connection", "accept-encoding", "user-agent"));
    }

    private static void challenge(WebExchange exchange) throws IOException {
        exchange.send("HTTP/1.1 401 Who\nWWW-Authenticate: Basic realm=\"x\"\nContent-Length: 0\n\n");
    }
}
