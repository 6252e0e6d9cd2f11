package dev.outdial.sip;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.registration.ContactUser;
import dev.outdial.sip.registration.Registrar;
import dev.outdial.sip.registration.RegistrationEvent;
import dev.outdial.sip.registration.RegistrationSetup;
import dev.outdial.sip.transport.SipTransport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Begins registrations, each with a word of its own in its Contact. <b>Threading:</b> any thread. */
final class Registrations {
    private final String product;
    private final Words words;
    private final SipTransport transport;
    private final Addresses addresses;
    private final Switchboard switchboard;
    private final ScheduledThreadPoolExecutor clock;
    private final String agentWord;
    private final KeepAlives keepAlives;
    private final AtomicInteger count = new AtomicInteger();

    Registrations(
            String product,
            Words words,
            SipTransport transport,
            Addresses addresses,
            KeepAlives keepAlives,
            Switchboard switchboard,
            ScheduledThreadPoolExecutor clock) {
        this.product = product;
        this.words = words;
        this.transport = transport;
        this.addresses = addresses;
        this.switchboard = switchboard;
        this.clock = clock;
        this.agentWord = words.agent();
        this.keepAlives = keepAlives;
    }

    Registration begin(RegisterRequest request, Executor mailbox, Consumer<RegistrationEvent> listener) {
        String callId = words.callId();
        Account account = request.account();
        SipUri addressOfRecord = account.addressOfRecord();
        ContactUser user = request.contactUser()
                .map(ContactUser::given)
                .orElseGet(() -> ContactUser.unique(
                        addressOfRecord.user().orElse(UserAgent.NAMELESS), agentWord, count.incrementAndGet()));
        var setup = new RegistrationSetup(
                callId,
                addressOfRecord,
                account.displayName(),
                account.credentials(),
                account.routes(),
                registrars(request.registrars(), addressOfRecord, user.text()),
                user,
                product,
                request.expires(),
                words.tokens());
        var runner =
                new RegistrationRunner(setup, mailbox, listener, transport, addresses, keepAlives, switchboard, clock);
        switchboard.connect(callId, runner);
        runner.start();
        return new Registration(runner, user.text());
    }

    private List<Registrar> registrars(List<Hop> hops, SipUri addressOfRecord, String user) {
        var registrars = new ArrayList<Registrar>();
        String trouble = "";
        for (Hop hop : hops) {
            try {
                registrars.add(new Registrar(hop, addresses.contactUri(addressOfRecord, user, hop)));
            } catch (IOException e) {
                trouble = String.valueOf(e.getMessage());
            }
        }
        if (registrars.isEmpty()) throw new SipException(trouble);
        return registrars;
    }
}
