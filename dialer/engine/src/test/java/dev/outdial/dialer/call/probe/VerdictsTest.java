package dev.outdial.dialer.call.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.call.TrunkLine.Standing;
import dev.outdial.dialer.probe.ParkJitter;
import dev.outdial.dialer.probe.ProbeStep;
import dev.outdial.dialer.probe.ProbeStep.Result;
import dev.outdial.dialer.sound.SpeechEngine;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.TransportProtocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of what was seen. */
class VerdictsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Hop UDP = hop(TransportProtocol.UDP);
    private static final Hop TCP = hop(TransportProtocol.TCP);
    private static final Hop TLS = Hop.overTls(new InetSocketAddress("192.0.2.1", 5061), "sip.example.com");
    private static final Trunk TRUNK =
            Trunk.of("carrier", "sip:alice@sip.example.com").withPassword("wonder");

    private static Hop hop(TransportProtocol transport) {
        return new Hop(new InetSocketAddress("192.0.2.1", 5060), transport);
    }

    private static void assertStep(ProbeStep step, Result result, String seen, String advice) {
        assertThat(step.result()).as(step.toString()).isEqualTo(result);
        assertThat(step.seen()).contains(seen);
        assertThat(step.advice().orElse("")).contains(advice);
        assertThat(step.advice().isPresent()).as(step.toString()).isEqualTo(!advice.isEmpty());
        assertThat(step.toString()).doesNotContain("wonder");
    }

    private static SipResponse response(int status, String reason, String... headers) {
        return new SipResponse(status, reason, "z9hG4bK1", Headers.of(headers), Optional.empty());
    }

    // --- dns

    @Test
    void theWaysToATrunkAreNamedInTheirOrder() {
        assertStep(
                DnsVerdict.found(SipUri.parse("sip:a@sip.example.com"), List.of(TLS, UDP)),
                Result.OK,
                "sip.example.com is at tls:192.0.2.1:5061 (sip.example.com), then udp:192.0.2.1:5060",
                "");
        assertStep(
                DnsVerdict.found(SipUri.parse("sip:a@192.0.2.1"), List.of(UDP)),
                Result.OK,
                "the trunk is given by its address: udp:192.0.2.1:5060",
                "");
    }

    @ParameterizedTest
    @CsvSource({
        "cannot resolve host 'x': no such name, check the spelling",
        "cannot resolve host 'x': it has no address, leads nowhere",
        "cannot resolve host 'x': there is no route to 2001:db8::1, no way to the trunk's addresses",
        "cannot resolve host 'x': its DNS says that it takes no SIP calls this way, try another transport",
        "cannot resolve host 'x': nobody answered within 5 s, check this machine's network and name servers"
    })
    void aTrunkThatIsNotFoundIsSaidWhy(String why, String advice) {
        assertStep(DnsVerdict.failed(why), Result.FAILED, why, advice);
    }

    // --- transport

    private static HopSeen silent(Hop hop) {
        return new HopSeen(hop, Optional.empty(), new Reply.Silent());
    }

    private static HopSeen answering(Hop hop, SipResponse response) {
        return new HopSeen(hop, Optional.empty(), new Reply.Answered(response, 12, NOW));
    }

    private static HopSeen unconnected(Hop hop, String why) {
        return new HopSeen(hop, Optional.of(new Trial(5, Optional.of(why), Optional.empty())), new Reply.Failed(why));
    }

    private static HopSeen connected(Hop hop, String until) {
        var shown = new Trial.Shown(List.of("sip.example.com"), Instant.parse(until));
        return new HopSeen(
                hop,
                Optional.of(new Trial(5, Optional.empty(), Optional.of(shown))),
                new Reply.Answered(response(200, "OK"), 12, NOW));
    }

    @Test
    void silenceOverUdpIsAFirewallAPortOrAnotherTransport() {
        assertStep(
                TransportVerdict.of(List.of(silent(UDP)), false, NOW),
                Result.FAILED,
                "udp:192.0.2.1:5060 says nothing",
                "try ;transport=tcp or ;transport=tls");
    }

    @Test
    void whoAnswersRegisterIsReachedThoughItIsSilentToOptions() {
        assertStep(TransportVerdict.of(List.of(silent(UDP)), true, NOW), Result.OK, "but it answers REGISTER", "");
    }

    @Test
    void aNarrowerWayIsSaidWhereTheBestOneDoesNotWork() {
        assertStep(
                TransportVerdict.of(
                        List.of(
                                unconnected(TCP, "nobody answered at 192.0.2.1:5060"),
                                answering(UDP, response(200, "OK"))),
                        true,
                        NOW),
                Result.OK,
                "udp:192.0.2.1:5060 answers",
                "the best way does not work, calls take another");
    }

    @ParameterizedTest
    @CsvSource({
        "the certificate of sip.example.com is not signed by anybody whom we trust, --tls-trust",
        "the certificate is not one for sip.example.com, as the certificate names it",
        "the certificate of sip.example.com has expired, has to renew the certificate",
        "the certificate of sip.example.com is not valid yet, check this machine's clock",
        "sip.example.com does not speak TLS on this port, mostly 5061",
        "sip.example.com offers neither TLS 1.3 nor TLS 1.2, only old versions of TLS",
        "no connection to 192.0.2.1:5061: Connection refused, nobody listens there",
        "nobody answered at 192.0.2.1:5061, lets connections out"
    })
    void aConnectionThatFailsIsSaidWhy(String why, String advice) {
        assertStep(TransportVerdict.of(List.of(unconnected(TLS, why)), false, NOW), Result.FAILED, why, advice);
    }

    @Test
    void aCertificateIsShownAndItsEndIsToldInTime() {
        assertStep(
                TransportVerdict.of(List.of(connected(TLS, "2027-11-22T12:00:00Z")), true, NOW),
                Result.OK,
                "took the connection within 5 ms, certificate for sip.example.com until 2027-11-22",
                "");
        assertStep(
                TransportVerdict.of(List.of(connected(TLS, "2026-11-25T13:00:00Z")), true, NOW),
                Result.OK,
                "until 2026-11-25",
                "expires in 3 days");
    }

    // --- register

    private static final SipResponse CHALLENGE =
            response(401, "Unauthorized", "WWW-Authenticate", "Digest realm=\"asterisk\", nonce=\"n0nce\"");

    private static ProbeStep register(Trunk trunk, Standing standing, SipResponse... answers) {
        return RegisterVerdict.of(
                trunk, new RegisterVerdict.Seen(Arrays.asList(answers), Optional.of(standing), Optional.of("alice-1")));
    }

    private static Standing unusable(int status) {
        return new Standing.Unusable(OptionalInt.of(status), "no");
    }

    @Test
    void aBindingIsShownWithItsTimeAndContacts() {
        SipResponse bound = response(
                200,
                "OK",
                "Contact",
                "<sip:alice-1@192.0.2.9:5060>;expires=300",
                "Contact",
                "<sip:other@192.0.2.8>;expires=60");
        assertStep(
                register(TRUNK, new Standing.Usable(), CHALLENGE, bound),
                Result.OK,
                "200 OK, for 300 s, contact sip:alice-1@192.0.2.9:5060, beside 1 other",
                "");
        assertStep(
                register(TRUNK, new Standing.Usable(), response(423, "Interval Too Brief"), bound),
                Result.OK,
                "after it had asked for a longer time (423)",
                "");
        assertStep(
                register(
                        TRUNK,
                        new Standing.Usable(),
                        response(200, "OK", "Contact", "<sip:alice-1@192.0.2.9>", "Expires", "30")),
                Result.OK,
                "for 30 s",
                "keep a NAT open");
        assertStep(
                register(TRUNK, new Standing.Usable(), response(200, "OK", "Expires", "300")),
                Result.OK,
                "200 OK, for 300 s",
                "calls to us may not arrive");
        assertStep(register(TRUNK, new Standing.Usable()), Result.OK, "registered", "");
    }

    @Test
    void aSecondChallengeMeansThatPasswordUserOrRealmIsWrong() {
        assertStep(
                register(TRUNK, unusable(401), CHALLENGE, CHALLENGE),
                Result.FAILED,
                "401 Unauthorized after our answer to the challenge, for user 'alice' in realm 'asterisk'",
                "the realm is not the host of the trunk's URI ('sip.example.com')");
        SipResponse own =
                response(401, "Unauthorized", "WWW-Authenticate", "Digest nonce=\"n\", realm=\"SIP.example.com\"");
        ProbeStep step = register(TRUNK, unusable(401), own, own);
        assertStep(step, Result.FAILED, "in realm 'SIP.example.com'", "the password, the user or the realm is wrong");
        assertThat(step.advice().orElseThrow()).doesNotContain("perhaps the URI");
        assertThat(step.toString()).doesNotContain("n0nce");
    }

    @Test
    void aPasswordThatIsMissingIsAskedFor() {
        assertStep(
                register(Trunk.of("carrier", "sip:alice@sip.example.com"), unusable(401), CHALLENGE),
                Result.FAILED,
                "it asks for a password for realm 'asterisk', and none was given",
                "OUTDIAL_PASSWORD");
    }

    @Test
    void aProofThatWeCannotGiveIsNamed() {
        assertStep(
                register(
                        TRUNK,
                        unusable(401),
                        response(401, "Unauthorized", "WWW-Authenticate", "Digest realm=\"a\", algorithm=AKAv1-MD5")),
                Result.FAILED,
                "it asks for a proof that we cannot give: Digest with AKAv1-MD5",
                "only Digest");
        assertStep(register(TRUNK, unusable(401)), Result.FAILED, "401", "only Digest");
    }

    @ParameterizedTest
    @CsvSource({
        "403, the account is locked",
        "404, no such user",
        "405, --no-register",
        "423, a longer registration (3600 s)",
        "503, the registrar is in trouble",
        "420, give the provider this line"
    })
    void aRefusalIsSaidWhatItMostlyMeans(int status, String advice) {
        assertStep(
                register(TRUNK, unusable(status), response(status, "No", "Min-Expires", "3600")),
                Result.FAILED,
                status + " No",
                advice);
    }

    @Test
    void aRegistrarThatIsSilentIsToldFromOneThatFallsSilent() {
        var nothing = new RegisterVerdict.Seen(List.of(), Optional.empty(), Optional.of("alice-1"));
        assertStep(
                RegisterVerdict.of(TRUNK, nothing),
                Result.FAILED,
                "the registrar says nothing to REGISTER",
                "--no-register");
        var half = new RegisterVerdict.Seen(List.of(CHALLENGE), Optional.empty(), Optional.of("alice-1"));
        assertStep(
                RegisterVerdict.of(TRUNK, half),
                Result.FAILED,
                "said 401 Unauthorized, and nothing after that",
                "try ;transport=tcp");
        assertStep(
                register(TRUNK, new Standing.Unusable(OptionalInt.empty(), "the registrar cannot be reached: x")),
                Result.FAILED,
                "cannot be reached: x",
                "'transport'");
        assertStep(RegisterVerdict.of(TRUNK.withoutRegistration(), nothing), Result.SKIPPED, "not registered with", "");
    }

    // --- options

    @Test
    void anAnswerToOptionsIsShownWithWhatItSays() {
        assertStep(
                OptionsVerdict.of(
                        List.of(
                                silent(TCP),
                                answering(
                                        UDP,
                                        response(
                                                200,
                                                "OK",
                                                "Allow",
                                                "INVITE, ACK",
                                                "Allow",
                                                "BYE",
                                                "Server",
                                                "kamailio"))),
                        true),
                Result.OK,
                "200 OK after 12 ms, server kamailio, allows INVITE ACK BYE",
                "");
        assertStep(
                OptionsVerdict.of(List.of(answering(UDP, response(404, "Not Found"))), true),
                Result.OK,
                "404 Not Found after 12 ms",
                "");
    }

    @ParameterizedTest
    @CsvSource({
        "401, OK, it asks for credentials",
        "403, OK, does not want to hear of us",
        "503, FAILED, out of service or overloaded"
    })
    void anOddAnswerToOptionsIsExplained(int status, Result result, String advice) {
        assertStep(
                OptionsVerdict.of(List.of(answering(UDP, response(status, "No"))), true),
                result,
                status + " No",
                advice);
    }

    @Test
    void noAnswerToOptionsIsNoFaultWhereTheRegistrarSpeaks() {
        assertStep(OptionsVerdict.of(List.of(silent(UDP)), true), Result.SKIPPED, "some trunks never give", "");
        assertStep(OptionsVerdict.of(List.of(silent(UDP)), false), Result.FAILED, "no answer", "'transport'");
    }

    // --- address

    private static ProbeStep address(
            TransportProtocol transport, String local, String seenAs, String contact, String media) {
        return AddressVerdict.of(new AddressVerdict.Seen(
                transport,
                address("192.0.2.1:1").getAddress(),
                address(local),
                seenAs.isEmpty() ? Optional.empty() : Optional.of(address(seenAs)),
                address(contact),
                address(media + ":1").getAddress()));
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    @ParameterizedTest
    @CsvSource({
        "UDP, 192.0.2.9:5060, 192.0.2.9:5060, 192.0.2.9:5060, 192.0.2.9, OK, no NAT",
        "TCP, 192.0.2.9:5060, 192.0.2.9:40001, 192.0.2.9:5060, 192.0.2.9, OK, no NAT",
        "UDP, 10.0.0.9:5060, 203.0.113.7:1024, 203.0.113.7:1024, 203.0.113.7, OK, a NAT: we send from 10.0.0.9:5060",
        "UDP, 10.0.0.9:5060, 203.0.113.7:1024, 10.0.0.9:5060, 10.0.0.9, FAILED, the trunk sees 203.0.113.7:1024",
        "UDP, 192.0.2.9:5060, 192.0.2.9:5060, 198.51.100.1:5060, 198.51.100.1, FAILED, no NAT",
        "UDP, 10.0.0.9:5060, '', 10.0.0.9:5060, 10.0.0.9, FAILED, does not say how it sees us",
        "UDP, 192.0.2.9:5060, '', 192.0.2.9:5060, 192.0.2.9, OK, does not say how it sees us"
    })
    void howTheTrunkSeesUsIsHeldAgainstWhatWeName(
            TransportProtocol transport,
            String local,
            String seenAs,
            String contact,
            String media,
            Result result,
            String seen) {
        ProbeStep step = address(transport, local, seenAs, contact, media);
        assertStep(step, result, seen, result == Result.OK ? "" : "--public-address");
        assertThat(step.seen()).contains("Contact names " + contact + ", SDP " + media);
    }

    // --- clock, timer

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sun, 22 Nov 2026 12:00:03 GMT | OK | agree | ''",
                "Sun, 22 Nov 2026 11:59:30 GMT | OK | our clock is 30 s ahead of the trunk's | NTP",
                "Sun, 22 Nov 2026 13:00:00 GMT | FAILED | our clock is 3600 s behind the trunk's | NTP",
                "yesterday | SKIPPED | cannot be read: yesterday | ''"
            })
    void theTrunksTimeIsHeldAgainstOurs(String date, Result result, String seen, String advice) {
        assertStep(ClockVerdict.of(Optional.of(date), NOW), result, seen, advice);
        assertStep(ClockVerdict.of(Optional.empty(), NOW), Result.SKIPPED, "does not say what time it is", "");
    }

    @Test
    void aMachineThatSleepsTooLongIsTooBusy() {
        assertStep(TimerVerdict.of(new ParkJitter(900, 0.1, 0.5, 1, 2)), Result.OK, "at most 0.50 ms late", "");
        assertStep(TimerVerdict.of(new ParkJitter(50, 5, 25, 30, 40)), Result.FAILED, "25.00 ms late", "too busy");
    }

    // --- machine

    @Test
    void aMachineIsJudgedByWhatCallsNeed() throws Exception {
        assertStep(MachineVerdicts.java(25, "25.0.1"), Result.OK, "Java 25.0.1", "");
        assertStep(MachineVerdicts.java(17, "17.0.1"), Result.FAILED, "Java 17.0.1", "Java 21 or later");
        InetAddress inner = InetAddress.getByName("10.0.0.9");
        InetAddress outer = InetAddress.getByName("192.0.2.9");
        assertStep(MachineVerdicts.addresses(List.of(inner)), Result.OK, "10.0.0.9, behind a NAT", "");
        assertStep(MachineVerdicts.addresses(List.of(inner, outer)), Result.OK, "10.0.0.9, 192.0.2.9", "");
        assertStep(MachineVerdicts.addresses(List.of()), Result.FAILED, "no address", "check the network");
        assertStep(MachineVerdicts.rtpPorts(16384, 32767, Optional.empty()), Result.OK, "room for 8192 calls", "");
        assertStep(MachineVerdicts.rtpPorts(16384, 16385, Optional.of("taken")), Result.FAILED, "taken", "--rtp-ports");
        assertStep(
                MachineVerdicts.sipPort(Optional.of("192.0.2.9"), 5060, Optional.empty()),
                Result.OK,
                "UDP port 5060",
                "");
        assertStep(
                MachineVerdicts.sipPort(Optional.empty(), 0, Optional.empty()), Result.OK, "any, at the address", "");
        assertStep(
                MachineVerdicts.sipPort(Optional.of("192.0.2.9"), 5060, Optional.of("in use")),
                Result.FAILED,
                "in use",
                "--local");
        assertStep(MachineVerdicts.files(OptionalLong.of(1000)), Result.OK, "about 500 calls", "");
        assertStep(MachineVerdicts.files(OptionalLong.of(100)), Result.FAILED, "100 more files", "ulimit -n");
        assertStep(MachineVerdicts.files(OptionalLong.empty()), Result.SKIPPED, "does not say", "");
    }

    @Test
    void aSpeakerThatIsMissingIsNamed() {
        List<SpeechEngine> engines = List.of(
                new SpeechEngine.Embedded(),
                new SpeechEngine.Program(List.of("espeak-ng"), List.of()),
                new SpeechEngine.Service("http://u:p@192.0.2.1/", List.of()),
                new SpeechEngine.Provided("tones"));
        assertStep(
                MachineVerdicts.speech(List.of(), engines),
                Result.OK,
                "FreeTTS, US English, the program espeak-ng, a service, which was not asked, tones of the class path",
                "");
        assertStep(
                MachineVerdicts.speech(List.of("espeak-ng"), engines),
                Result.FAILED,
                "no program espeak-ng",
                "install it");
        assertStep(MachineVerdicts.speech(List.of(), List.of()), Result.SKIPPED, "nobody", "");
    }
}
