package dev.outdial.sip;

import static dev.outdial.sip.Bench.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.sip.event.SessionEnd;
import dev.outdial.sip.event.SessionEnd.Cause;
import dev.outdial.sip.event.SessionEvent.Answered;
import dev.outdial.sip.event.SessionEvent.Ended;
import dev.outdial.sip.event.SessionEvent.Invited;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.registration.RegistrationEvent.Registered;
import dev.outdial.sip.registration.RegistrationEvent.Unreachable;
import dev.outdial.testbed.message.DigestAlgorithm;
import dev.outdial.testbed.message.DigestCredentials;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.peer.Heard;
import dev.outdial.testbed.peer.ScriptedPeer;
import dev.outdial.testbed.peer.Wire;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
@Timeout(60)
class TlsOnTheWireTest {
    private static final SipUri TARGET = SipUri.parse("sip:2000@localhost;transport=tls");

    @TempDir
    private static Path folder;

    private static TestKey key;

    @BeforeAll
    static void makeAKey() throws Exception {
        key = TestKey.of(folder, "dns:localhost,dns:sip.example.com,ip:127.0.0.1");
    }

    private static Bench bench(TestKey shown, Path trusted) throws Exception {
        return new Bench(
                ScriptedPeer.openTls(shown.context()),
                UserAgentConfig.of("Outdial-Test").trusting(trusted),
                TransportProtocol.TLS);
    }

    private static Bench bench() throws Exception {
        return bench(key, key.pem());
    }

    private static Hop named(Bench bench, String name) {
        return Hop.overTls(bench.peer.address(), name);
    }

    @Test
    void aRegistrationAndCallsHungUpByEitherSideGoOverOneConnection() throws Exception {
        try (var bench = bench()) {
            bench.register(bench.account());
            CallOnTheWireTest.challenge(bench, bench.peer.receive("REGISTER", SOON), 401, DigestAlgorithm.SHA_256);
            Heard register = bench.peer.receive("REGISTER", SOON);
            assertThat(DigestCredentials.parse(
                                    register.message().header("Authorization").orElseThrow())
                            .orElseThrow()
                            .provesPassword(Bench.PASSWORD, "REGISTER"))
                    .isTrue();
            assertThat(register.message().header("Via").orElseThrow()).startsWith("SIP/2.0/TLS 127.0.0.1:");
            assertThat(register.message().header("Contact").orElseThrow())
                    .contains("127.0.0.1:" + register.source().getPort() + ";transport=tls");
            bench.peer.reply(register, 200, "r");
            bench.nextOf(Registered.class);

            InviteSession session = bench.call();
            Heard invite = bench.peer.receive("INVITE", SOON);
            CallOnTheWireTest.challenge(bench, invite, 407, DigestAlgorithm.MD5);
            bench.peer.receive("ACK", SOON);
            invite = bench.peer.receive("INVITE", SOON);
            bench.peer.reply(invite, 180, "callee");
            bench.peer.answer(invite, "callee", Bench.ANSWER);
            assertThat(bench.peer.receive("ACK", SOON).source()).isEqualTo(register.source());
            session.hangUp(OptionalInt.of(16));
            Heard bye = bench.peer.receive("BYE", SOON);
            assertThat(bye.source()).isEqualTo(register.source());
            bench.peer.reply(bye, 200, "");

            bench.call();
            invite = bench.peer.receive("INVITE", SOON);
            SipMessage ok = bench.peer.answer(invite, "other", Bench.ANSWER);
            bench.peer.receive("ACK", SOON);
            bench.peer.send(bench.peer.requestWithin(invite, ok, "BYE", 1).build(), invite);
            Heard answer = bench.peer.receive(200, SOON);
            assertThat(answer.message().header("CSeq")).contains("1 BYE");
            assertThat(bench.peer.heard())
                    .allSatisfy(heard -> assertThat(heard.wire()).isEqualTo(Wire.TLS))
                    .allSatisfy(heard -> assertThat(heard.source()).isEqualTo(register.source()));
            assertThat(bench.peer.awaitConnections(1, SOON)).isTrue();
        }
    }

    @Test
    void aFarEndWhoseViaSaysTcpIsAnsweredAndStillCalledOverTls() throws Exception {
        try (var bench = bench()) {
            bench.call();
            Heard invite = bench.peer.receive("INVITE", SOON);
            SipMessage ok = bench.peer.answer(invite, "callee", Bench.ANSWER);
            bench.peer.receive("ACK", SOON);
            bench.peer.send(
                    bench.peer
                            .requestWithin(invite, ok, "BYE", 1)
                            .replace("Via", bench.peer.via(Wire.TCP, "bye"))
                            .build(),
                    invite);
            bench.peer.receive(200, SOON);
            bench.call();
            assertThat(bench.peer.receive("INVITE", SOON).source()).isEqualTo(invite.source());
        }
    }

    @Test
    void aSipsUriIsReachedOverTlsAndGetsASipsContact() throws Exception {
        try (var bench = bench()) {
            bench.call(named(bench, "localhost"), SipUri.parse("sips:2000@localhost"));
            Heard invite = bench.peer.receive("INVITE", SOON);
            assertThat(invite.message().requestUri()).isEqualTo("sips:2000@localhost");
            assertThat(invite.message().header("Contact").orElseThrow())
                    .isEqualTo("<sips:1000@127.0.0.1:" + invite.source().getPort() + ">");
        }
    }

    @Test
    void aWrongNameEndsTheCallInASentenceAndTheNextCallWorks() throws Exception {
        try (var bench = bench()) {
            bench.call(named(bench, "sip.elsewhere.com"), TARGET);
            SessionEnd end = bench.next(Ended.class).end();
            assertThat(end.cause()).isEqualTo(Cause.TRANSPORT);
            assertThat(end.reason())
                    .isEqualTo("cannot send to tls:" + bench.peer.hostPort()
                            + " (sip.elsewhere.com): the certificate is not one for sip.elsewhere.com");
            assertThat(bench.peer.heard()).isEmpty();

            bench.call(named(bench, "localhost"), TARGET);
            bench.peer.answer(bench.peer.receive("INVITE", SOON), "callee", Bench.ANSWER);
            bench.next(Invited.class);
            bench.next(Answered.class);
        }
    }

    @Test
    void aConnectionToOneNameIsNotUsedForAnotherAtTheSameAddress() throws Exception {
        try (var bench = bench()) {
            bench.call(named(bench, "localhost"), TARGET);
            Heard first = bench.peer.receive("INVITE", SOON);
            bench.next(Invited.class);
            bench.call(named(bench, "sip.elsewhere.com"), TARGET);
            assertThat(bench.next(Ended.class).end().reason()).contains("not one for sip.elsewhere.com");
            bench.call(named(bench, "sip.example.com"), TARGET);
            assertThat(bench.peer.receive("INVITE", SOON).source()).isNotEqualTo(first.source());
            assertThat(bench.peer.countOf("INVITE")).isEqualTo(2);
        }
    }

    @Test
    void anAddressMustBeAmongTheAddressesOfTheCertificate() throws Exception {
        TestKey names = TestKey.of(folder, "dns:localhost,dns:127.0.0.1");
        try (var bench = bench(names, names.pem())) {
            bench.call();
            assertThat(bench.next(Ended.class).end().reason())
                    .isEqualTo("cannot send to tls:" + bench.peer.hostPort()
                            + ": the certificate is not one for 127.0.0.1");
        }
    }

    @Test
    void whoIsNotTrustedIsToldNothing() throws Exception {
        TestKey other = TestKey.of(folder, "dns:localhost,ip:127.0.0.1");
        var peer = ScriptedPeer.openTls(key.context());
        try (var bench = new Bench(peer, UserAgentConfig.of("Outdial-Test"), TransportProtocol.TLS)) {
            bench.call();
            assertThat(bench.next(Ended.class).end().reason())
                    .endsWith(": the certificate of 127.0.0.1 is not signed by anybody whom we trust");
            bench.register(bench.account());
            assertThat(bench.nextOf(Unreachable.class).why())
                    .endsWith("the certificate of 127.0.0.1 is not signed by anybody whom we trust");
            assertThat(peer.heard()).isEmpty();
        }
        try (var bench = bench(key, other.pem())) {
            bench.call();
            assertThat(bench.next(Ended.class).end().reason()).endsWith("not signed by anybody whom we trust");
        }
    }

    @Test
    void aTrustFileMayBeAPkcs12Store() throws Exception {
        try (var bench = bench(key, key.trustStore())) {
            bench.call();
            bench.peer.receive("INVITE", SOON);
        }
    }

    @Test
    void anExpiredCertificateIsRefusedWhoeverSignedIt() throws Exception {
        String names = "dns:localhost,ip:127.0.0.1";
        for (TestKey expired :
                List.of(TestKey.expired(folder, names), TestKey.expiredAndSignedByAnAuthority(folder, names))) {
            try (var bench = bench(expired, expired.pem())) {
                bench.call();
                assertThat(bench.next(Ended.class).end().reason()).endsWith("the certificate of 127.0.0.1 has expired");
                assertThat(bench.peer.heard()).isEmpty();
            }
        }
    }

    @Test
    void aCertificateIsTrustedForTheSakeOfTheAuthorityThatSignedIt() throws Exception {
        TestKey signed = TestKey.signedByAnAuthority(folder, "dns:localhost,ip:127.0.0.1");
        try (var bench = bench(signed, signed.pem())) {
            bench.call();
            bench.peer.receive("INVITE", SOON);
        }
    }

    @Test
    void aTrustFileThatHoldsNoneIsToldInASentence() throws Exception {
        Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "nothing");
        Path broken = Files.writeString(
                folder.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        for (Path file : List.of(nonsense, broken)) {
            assertThatThrownBy(() ->
                            UserAgent.open(UserAgentConfig.of("Outdial-Test").trusting(file)))
                    .isInstanceOf(SipException.class)
                    .hasMessageStartingWith("trust file '" + file + "': it ")
                    .hasMessageContaining("PEM");
        }
        Path missing = folder.resolve("missing.pem");
        assertThatThrownBy(
                        () -> UserAgent.open(UserAgentConfig.of("Outdial-Test").trusting(missing)))
                .hasMessage("trust file '" + missing + "': there is no such file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theNameIsIndicatedInBothVersions(String version) throws Exception {
        try (var bench = bench();
                var server = (SSLServerSocket) key.context()
                        .getServerSocketFactory()
                        .createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            server.setEnabledProtocols(new String[] {version});
            bench.call(Hop.overTls((InetSocketAddress) server.getLocalSocketAddress(), "localhost"), TARGET);
            try (var accepted = (SSLSocket) server.accept()) {
                accepted.setSoTimeout(5_000);
                assertThat(new String(accepted.getInputStream().readNBytes(11), StandardCharsets.US_ASCII))
                        .isEqualTo("INVITE sip:");
                assertThat(accepted.getSession().getProtocol()).isEqualTo(version);
                assertThat(((ExtendedSSLSession) accepted.getSession()).getRequestedServerNames())
                        .isEqualTo(List.of(new SNIHostName("localhost")));
            }
        }
    }

    /** A peer that is no TLS server: does that with each connection, until the test ends. */
    @FunctionalInterface
    private interface Manners {
        void treat(Socket connection) throws Exception;
    }

    private static SessionEnd callTo(Manners manners) throws Exception {
        try (var bench = bench();
                var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var treated = CompletableFuture.runAsync(() -> {
                try (Socket connection = server.accept()) {
                    manners.treat(connection);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            bench.call(Hop.overTls((InetSocketAddress) server.getLocalSocketAddress(), "localhost"), TARGET);
            SessionEnd end = bench.next(Ended.class).end();
            treated.exceptionally(gone -> null).get(5, TimeUnit.SECONDS);
            assertThat(end.cause()).isEqualTo(Cause.TRANSPORT);

            bench.call(named(bench, "localhost"), TARGET);
            bench.peer.receive("INVITE", SOON);
            return end;
        }
    }

    private static void readToTheEnd(Socket connection) throws IOException {
        connection.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    @Test
    @Tag("slow")
    void aPeerThatNeverSpeaksIsGivenUpInTime() throws Exception {
        SessionEnd end = callTo(TlsOnTheWireTest::readToTheEnd);
        assertThat(end.reason()).endsWith("(localhost): localhost did not complete the TLS handshake within 3 seconds");
    }

    @Test
    @Tag("slow")
    void aPeerThatSpeaksAByteNowAndThenIsGivenUpInTime() throws Exception {
        SessionEnd end = callTo(connection -> {
            connection.setSoTimeout(500);
            byte[] record = HexFormat.of().parseHex("16030300400200003c0303000102030405060708090a0b0c0d0e0f");
            for (byte b : record) {
                connection.getOutputStream().write(b);
                try {
                    readToTheEnd(connection);
                    return;
                } catch (SocketTimeoutException stillThere) {
                    // the next byte, then
                }
            }
        });
        assertThat(end.reason()).endsWith("localhost did not complete the TLS handshake within 3 seconds");
    }

    @Test
    void aPeerThatAnswersInPlainTextIsNamedSo() throws Exception {
        SessionEnd end = callTo(connection -> {
            connection.getOutputStream().write("SIP/2.0 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            readToTheEnd(connection);
        });
        assertThat(end.reason()).endsWith("localhost does not speak TLS on this port");
    }

    @Test
    void aPeerThatHangsUpDuringTheHandshakeIsNamedSo() throws Exception {
        SessionEnd end = callTo(connection -> connection.getInputStream().readNBytes(100));
        assertThat(end.reason()).contains("localhost");
    }

    @Test
    void aPeerThatChoosesTls11IsRefused() throws Exception {
        // ServerHello: version 3.2, a random of 32 bytes, no session, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, no
        // compression.
        String hello = "0302" + "11".repeat(32) + "00" + "c013" + "00";
        SessionEnd end = callTo(connection -> {
            connection.getOutputStream().write(HexFormat.of().parseHex("160302002a" + "02000026" + hello));
            readToTheEnd(connection);
        });
        assertThat(end.reason()).endsWith("localhost offers neither TLS 1.3 nor TLS 1.2");
    }

    @Test
    void aPeerThatKnowsOnlyOlderVersionsIsNamedSo() throws Exception {
        SessionEnd end = callTo(connection -> {
            connection.getOutputStream().write(HexFormat.of().parseHex("15030200020246")); // alert protocol_version
            readToTheEnd(connection);
        });
        assertThat(end.reason()).endsWith("localhost offers neither TLS 1.3 nor TLS 1.2");
    }

    @Test
    void aMessageTooLargeEndsTheConnectionAndTheNextCallsOpenOneMore() throws Exception {
        try (var bench = bench()) {
            bench.call();
            Heard first = bench.peer.receive("INVITE", SOON);
            byte[] head = ("OPTIONS sip:x@y SIP/2.0\r\nX: " + "x".repeat(9_000)).getBytes(StandardCharsets.US_ASCII);
            bench.peer.sendRaw(head, Wire.TLS, first.source());
            assertThat(bench.peer.awaitConnections(0, SOON)).isTrue();
            for (int i = 0; i < 3; i++) {
                bench.call();
                bench.peer.reply(bench.peer.receive("INVITE", SOON), 486, "callee");
                bench.peer.receive("ACK", SOON);
            }
            assertThat(bench.peer.awaitConnections(1, SOON)).isTrue();
        }
    }

    @Test
    void closingLeavesNoThreadAndNoConnection() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        var bench = bench();
        bench.call();
        bench.peer.answer(bench.peer.receive("INVITE", SOON), "callee", Bench.ANSWER);
        bench.peer.receive("ACK", SOON);
        bench.call(named(bench, "localhost"), TARGET);
        bench.peer.receive("INVITE", SOON);
        long startNanos = System.nanoTime();
        bench.agent.close();
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos))
                .isLessThan(1_500);
        bench.close();
        Set<Thread> ours = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread) && !thread.getName().startsWith("CompletableFutureDelay"))
                .collect(Collectors.toSet());
        for (Thread thread : ours) {
            thread.join(5_000);
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }
}
