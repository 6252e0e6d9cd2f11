package dev.outdial.sip.options;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.message.Credentials;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.Tokens;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.options.OptionsProbe.Attempt;
import dev.outdial.sip.options.OptionsProbe.Verdict;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OptionsProbeTest {
    private static final Hop HOP = new Hop(new InetSocketAddress("192.0.2.1", 5060), TransportProtocol.UDP);
    private static final SipUri CONTACT = SipUri.parse("sip:1000@192.0.2.9:40000");

    private static OptionsProbe probe(Optional<Credentials> credentials) {
        return new OptionsProbe(
                "o-1",
                SipUri.parse("sip:example.com;transport=udp"),
                Optional.of(SipUri.parse("sip:1000@example.com")),
                credentials,
                List.of("<sip:proxy.example;lr>"),
                "Outdial/test",
                new Tokens("us", "b", "c"));
    }

    private static Verdict judge(OptionsProbe probe, Attempt attempt, int status, String... headers) {
        return probe.judge(
                attempt,
                new SipResponse(status, "", attempt.request().branch(), Headers.of(headers), Optional.empty()));
    }

    @Test
    void aChallengeIsAnsweredWithTheNextCSeqAndAnotherBranch() {
        OptionsProbe probe = probe(Optional.of(Credentials.of("1000", "secret")));
        Attempt first = probe.ask(HOP, CONTACT, 1);
        assertThat(first.request().request().headers().all("Route")).containsExactly("<sip:proxy.example;lr>");
        assertThat(first.request().request().headers().first("From")).contains("<sip:1000@example.com>;tag=us");
        String challenge = "Digest realm=\"r\", nonce=\"n\"";
        Verdict verdict = judge(probe, first, 407, "Proxy-Authenticate", challenge);
        assertThat(verdict).isInstanceOf(Verdict.Again.class);
        Attempt second = ((Verdict.Again) verdict).attempt();
        assertThat(second.request().request().headers().first("CSeq")).contains("2 OPTIONS");
        assertThat(second.request().request().headers().first("Proxy-Authorization"))
                .isPresent();
        assertThat(second.request().branch()).isNotEqualTo(first.request().branch());
        assertThat(judge(probe, second, 407, "Proxy-Authenticate", challenge)).isEqualTo(new Verdict.Answered(407));
        assertThat(judge(probe, second, 200)).isEqualTo(new Verdict.Answered(200));
    }

    @Test
    void whoHasNoCredentialsKnowsAtLeastThatSomebodyIsThere() {
        OptionsProbe probe = probe(Optional.empty());
        assertThat(judge(probe, probe.ask(HOP, CONTACT, 1), 401, "WWW-Authenticate", "Digest realm=\"r\", nonce=\"n\""))
                .isEqualTo(new Verdict.Answered(401));
    }

    @Test
    void a503LeadsElsewhereAndNothingElseDoes() {
        OptionsProbe probe = probe(Optional.empty());
        Attempt attempt = probe.ask(HOP, CONTACT, 4);
        assertThat(judge(probe, attempt, 503)).isEqualTo(new Verdict.Elsewhere(503));
        for (int status : new int[] {200, 302, 404, 405, 480, 500, 603})
            assertThat(judge(probe, attempt, status)).isEqualTo(new Verdict.Answered(status));
    }
}
