package dev.outdial.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.message.Credentials;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.registration.RegistrationEvent;
import dev.outdial.testbed.peer.ScriptedPeer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A user agent, a scripted peer beside it on loopback, and a mailbox. */
final class Bench implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(5);
    static final String OFFER = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\n";
    static final String ANSWER = "v=0\r\no=- 2 2 IN IP4 127.0.0.1\r\ns=-\r\n";
    static final String PASSWORD = "correct horse";

    final ScriptedPeer peer;
    final UserAgent agent;
    final BlockingQueue<SessionEvent> sessionEvents = new LinkedBlockingQueue<>();
    final BlockingQueue<RegistrationEvent> registrationEvents = new LinkedBlockingQueue<>();
    final ExecutorService mailbox = Executors.newSingleThreadExecutor(task -> {
        var thread = new Thread(task, "test-mailbox");
        thread.setDaemon(true);
        return thread;
    });
    private final Hop hop;

    Bench(TransportProtocol transport) {
        this(ScriptedPeer.open(), UserAgentConfig.of("Outdial-Test"), transport);
    }

    Bench(ScriptedPeer peer, UserAgentConfig config, TransportProtocol transport) {
        this.peer = peer;
        agent = UserAgent.open(config);
        hop = new Hop(peer.address(), transport);
    }

    Hop hop() {
        return hop;
    }

    Account account() {
        return account(PASSWORD);
    }

    Account account(String password) {
        return new Account(
                SipUri.parse("sip:1000@127.0.0.1"), Optional.of(Credentials.of("1000", password)), Optional.empty());
    }

    InviteSession call() {
        return call(account());
    }

    InviteSession call(Account account) {
        return agent.invite(request(account), mailbox, sessionEvents::add);
    }

    /** Calls over another hop. */
    InviteSession call(Hop other, SipUri target) {
        return agent.invite(request(account(), other, target), mailbox, sessionEvents::add);
    }

    InviteRequest request(Account account) {
        return request(account, hop(), SipUri.of("2000", "127.0.0.1"));
    }

    private static InviteRequest request(Account account, Hop hop, SipUri target) {
        return new InviteRequest(
                UUID.randomUUID().toString(),
                account,
                target,
                hop,
                MessageBody.ofText(MessageBody.SDP, OFFER),
                Map.of());
    }

    Registration register(Account account) {
        return agent.register(account, hop(), Duration.ofMinutes(10), mailbox, registrationEvents::add);
    }

    <T extends SessionEvent> T next(Class<T> type) throws InterruptedException {
        SessionEvent event = sessionEvents.poll(SOON.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(event).isInstanceOf(type);
        return type.cast(event);
    }

    <T extends RegistrationEvent> T nextOf(Class<T> type) throws InterruptedException {
        RegistrationEvent event = registrationEvents.poll(SOON.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(event).isInstanceOf(type);
        return type.cast(event);
    }

    /** Everything told so far, after the mailbox has done what was posted before. */
    void settle() throws Exception {
        mailbox.submit(() -> {}).get(5, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        agent.close();
        mailbox.shutdownNow();
        peer.close();
    }
}
