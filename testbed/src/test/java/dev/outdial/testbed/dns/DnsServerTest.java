package dev.outdial.testbed.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Random;
import javax.naming.CommunicationException;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.ServiceUnavailableException;
import javax.naming.directory.InitialDirContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Asks with the client that the JDK brings, which shares nothing with the server. */
class DnsServerTest {
    private final DnsServer dns = DnsServer.open();

    @AfterEach
    void close() {
        dns.close();
    }

    @Test
    void everyKindOfRecordIsReadByAnotherClient() throws Exception {
        dns.a("pbx.test", 60, "192.0.2.1")
                .a("pbx.test", 60, "192.0.2.2")
                .aaaa("pbx.test", 60, "2001:db8::1")
                .srv("_sip._udp.example.test", 60, 10, 20, 5062, "pbx.test")
                .naptr("example.test", 60, 50, 51, "s", "SIP+D2U", "_sip._udp.example.test")
                .cname("www.test", 60, "pbx.test");

        assertThat(ask("pbx.test", "A")).containsExactly("192.0.2.1", "192.0.2.2");
        assertThat(ask("PBX.Test", "AAAA")).containsExactly("2001:db8::1");
        assertThat(ask("_sip._udp.example.test", "SRV")).containsExactly("10 20 5062 pbx.test.");
        assertThat(ask("example.test", "NAPTR")).containsExactly("50 51 s SIP+D2U \"\" _sip._udp.example.test.");
        assertThat(ask("www.test", "CNAME")).containsExactly("pbx.test.");
        assertThat(ask("www.test", "A")).contains("192.0.2.1");
    }

    @Test
    void whatWasAskedIsCountedByNameAndType() throws Exception {
        dns.a("pbx.test", 60, "192.0.2.1");

        ask("pbx.test", "A");
        ask("pbx.test", "A");
        assertThat(ask("pbx.test", "AAAA")).isEmpty();
        assertThatThrownBy(() -> ask("nobody.test", "A")).isInstanceOf(NameNotFoundException.class);

        assertThat(dns.queryCount("PBX.test.", RecordType.A)).isEqualTo(2);
        assertThat(dns.queryCount("pbx.test", RecordType.AAAA)).isEqualTo(1);
        assertThat(dns.queryCount("nobody.test", RecordType.A)).isEqualTo(1);
        assertThat(dns.queryCount("pbx.test", RecordType.SRV)).isZero();
        assertThat(dns.queryCount()).isEqualTo(4);
    }

    @Test
    void itFailsInTheMannerItWasToldTo() throws Exception {
        dns.a("pbx.test", 60, "192.0.2.1");

        dns.answering("pbx.test", new Manner.ServerFailure());
        assertThatThrownBy(() -> ask("pbx.test", "A")).isInstanceOf(ServiceUnavailableException.class);
        dns.answering("pbx.test", new Manner.Refusal());
        assertThatThrownBy(() -> ask("pbx.test", "A")).isInstanceOf(NamingException.class);
        dns.answering("pbx.test", new Manner.Silence());
        assertThatThrownBy(() -> ask("pbx.test", "A")).isInstanceOf(CommunicationException.class);
        dns.answering("pbx.test", new Manner.Garbage());
        assertThatThrownBy(() -> ask("pbx.test", "A")).isInstanceOf(NamingException.class);
        dns.answering("pbx.test", new Manner.Delay(Duration.ofMillis(20)));
        assertThat(ask("pbx.test", "A")).containsExactly("192.0.2.1");
        dns.answering("pbx.test", new Manner.WrongIdFirst());
        assertThat(ask("pbx.test", "A")).containsExactly("192.0.2.1");
        assertThat(dns.streamQueryCount()).isZero();
        dns.answering("pbx.test", new Manner.Truncation());
        assertThat(ask("pbx.test", "A")).containsExactly("192.0.2.1");
        assertThat(dns.streamQueryCount()).isEqualTo(1);
        dns.answering("pbx.test", new Manner.Normal());
        assertThat(ask("pbx.test", "A")).containsExactly("192.0.2.1");

        dns.remove("pbx.test").answering("*", new Manner.Refusal());
        assertThatThrownBy(() -> ask("pbx.test", "A")).isInstanceOf(NameNotFoundException.class);
        assertThatThrownBy(() -> ask("other.test", "A")).isInstanceOf(NamingException.class);
    }

    @Test
    void aNegativeAnswerSaysHowLongItHoldsWhereThatIsWanted() throws Exception {
        assertThat(exchange(query("nobody.test"))[9]).isZero();
        dns.negativeTtl(77);
        byte[] answer = exchange(query("nobody.test"));
        assertThat(answer[9]).isEqualTo((byte) 1);
        assertThat(answer[answer.length - 1]).isEqualTo((byte) 77);
    }

    @Test
    void junkIsLeftAloneAndTheNextQuestionAnswered() throws Exception {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            var junk = new byte[random.nextInt(40)];
            random.nextBytes(junk);
            var whole = query("a.very.long.name.of.somebody.test");
            var cut = Arrays.copyOf(whole, random.nextInt(whole.length));
            assertThat(Query.read(cut)).as("seed %d, %d", seed, i).isEmpty();
            Query.read(junk);
        }
        dns.a("pbx.test", 60, "192.0.2.1");
        assertThatThrownBy(() -> exchange(new byte[] {1, 2, 3})).isInstanceOf(SocketTimeoutException.class);
        assertThat(ask("pbx.test", "A")).containsExactly("192.0.2.1");
    }

    @SuppressWarnings("BanJNDI") // the server is ours, and attributes of the DNS are text
    private List<String> ask(String name, String type) throws NamingException {
        var environment = new Hashtable<String, String>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        environment.put(Context.PROVIDER_URL, "dns://127.0.0.1:" + dns.address().getPort());
        environment.put("com.sun.jndi.dns.timeout.initial", "300");
        environment.put("com.sun.jndi.dns.timeout.retries", "1");
        var context = new InitialDirContext(environment);
        try {
            var attribute = context.getAttributes(name, new String[] {type}).get(type);
            var values = new ArrayList<String>();
            for (int i = 0; attribute != null && i < attribute.size(); i++) {
                values.add(String.valueOf(attribute.get(i)));
            }
            return values;
        } finally {
            context.close();
        }
    }

    private static byte[] query(String name) {
        return Reply.written(out -> {
            for (int number : new int[] {7, 0x100, 1, 0, 0, 0}) out.writeShort(number);
            Reply.writeName(name, out);
            out.writeShort(RecordType.A.number());
            out.writeShort(1);
        });
    }

    private byte[] exchange(byte[] message) throws Exception {
        try (var socket = new DatagramSocket()) {
            socket.setSoTimeout(500);
            socket.send(new DatagramPacket(message, message.length, dns.address()));
            var answer = new DatagramPacket(new byte[4096], 4096);
            socket.receive(answer);
            return Arrays.copyOf(answer.getData(), answer.getLength());
        }
    }
}
