package dev.outdial.sip.jain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.message.TransportProtocol;
import gov.nist.javax.sip.ListeningPointImpl;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.parser.StringMsgParser;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.SIPClientTransaction;
import gov.nist.javax.sip.stack.SIPTransaction;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sip.SipListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a response costs that no transaction waits for. */
class OutdialStackTest {
    private static final String ON_ITS_WAY = "z9hG4bK-on-its-way";
    private static final SipListener DEAF = (SipListener) Proxy.newProxyInstance(
            OutdialStackTest.class.getClassLoader(),
            new Class<?>[] {SipListener.class},
            (proxy, method, arguments) -> null);

    private final List<SIPMessage> comparedWith = new ArrayList<>();
    private RunningStack running;
    private MessageChannel channel;

    @BeforeEach
    void start() throws Exception {
        var wire = new Wire(new Gate(callId -> false, System::nanoTime), new WireWatch(), KeepAlive.Terms.STANDARD);
        InetAddress loopback = InetAddress.getLoopbackAddress();
        var connections = new Connections(wire, hop -> {});
        running = RunningStack.start(new GuardedNetworkLayer(connections), DEAF, Optional.of(loopback), 0);
        var listening = (ListeningPointImpl)
                running.points().on(loopback, TransportProtocol.UDP).provider().getListeningPoint("udp");
        channel = listening.getMessageProcessor().createMessageChannel(loopback, 5060);
        running.stack().addTransaction(onItsWay());
    }

    @AfterEach
    void stop() {
        running.stopAside();
    }

    @Test
    void noTransactionIsComparedWithAResponseWhoseTransactionIsGone() throws Exception {
        var passedOn = running.stack().newSIPServerResponse(response("z9hG4bK-gone"), channel);

        assertThat(comparedWith).isEmpty();
        assertThat(passedOn).as("who hears of it").isNotNull().isNotInstanceOf(SIPTransaction.class);
    }

    @Test
    void aResponseFromBeforeBranchesHadNamesIsLookedForAmongThemAll() throws Exception {
        SIPResponse old = response("1");

        running.stack().newSIPServerResponse(old, channel);

        assertThat(comparedWith).contains(old);
    }

    private SIPClientTransaction onItsWay() throws ParseException {
        var invite = (SIPRequest) parse("INVITE sip:1001@127.0.0.1 SIP/2.0\r\n", ON_ITS_WAY);
        return (SIPClientTransaction) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {SIPClientTransaction.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getOriginalRequest" -> invite;
                    case "isMessagePartOfTransaction" -> {
                        comparedWith.add((SIPMessage) arguments[0]);
                        yield false;
                    }
                    default -> null;
                });
    }

    private static SIPResponse response(String branch) throws ParseException {
        return (SIPResponse) parse("SIP/2.0 200 OK\r\n", branch);
    }

    private static SIPMessage parse(String startLine, String branch) throws ParseException {
        String text = startLine
                + "Via: SIP/2.0/UDP 127.0.0.1:5070;branch=" + branch + "\r\n"
                + "From: <sip:us@127.0.0.1>;tag=1\r\n"
                + "To: <sip:1001@127.0.0.1>;tag=2\r\n"
                + "Call-ID: " + branch + "@127.0.0.1\r\n"
                + "CSeq: 1 INVITE\r\n"
                + "Content-Length: 0\r\n\r\n";
        return new StringMsgParser().parseSIPMessage(text.getBytes(StandardCharsets.US_ASCII), true, false, null);
    }
}
