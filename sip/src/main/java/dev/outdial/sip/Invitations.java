package dev.outdial.sip;

import dev.outdial.sip.event.SessionEnd;
import dev.outdial.sip.event.SessionEnd.Cause;
import dev.outdial.sip.event.SessionEnd.EndedBy;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.health.Choice;
import dev.outdial.sip.health.TargetBook;
import dev.outdial.sip.health.TargetEvent;
import dev.outdial.sip.message.Header;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.session.HopHealth;
import dev.outdial.sip.session.InviteAction;
import dev.outdial.sip.session.SessionSetup;
import dev.outdial.sip.session.Way;
import dev.outdial.sip.transport.SipTransport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** Begins calls of ours, by ways that are known to work, and remembers which do not. <b>Threading:</b> any thread. */
final class Invitations {
    private final String product;
    private final Words words;
    private final SipTransport transport;
    private final Addresses addresses;
    private final Peers peers;
    private final Switchboard switchboard;
    private final ScheduledThreadPoolExecutor clock;
    private final TargetBook targets =
            new TargetBook(() -> ThreadLocalRandom.current().nextDouble());

    Invitations(
            String product,
            Words words,
            SipTransport transport,
            Addresses addresses,
            Peers peers,
            Switchboard switchboard,
            ScheduledThreadPoolExecutor clock) {
        this.product = product;
        this.words = words;
        this.transport = transport;
        this.addresses = addresses;
        this.peers = peers;
        this.switchboard = switchboard;
        this.clock = clock;
    }

    InviteSession begin(InviteRequest request, Executor mailbox, Consumer<SessionEvent> listener) {
        peers.add(request.hops());
        var ways = new ArrayList<Way>();
        String trouble = "";
        switch (targets.order(request.hops(), System.nanoTime())) {
            case Choice.None none -> trouble = none.why();
            case Choice.Usable usable -> {
                for (Hop hop : usable.hops()) {
                    try {
                        ways.add(new Way(hop, contact(request, hop)));
                    } catch (IOException e) {
                        trouble = String.valueOf(e.getMessage());
                        untried(hop);
                    }
                }
            }
        }
        return ways.isEmpty() ? nowhere(request, trouble, mailbox, listener) : invite(request, ways, mailbox, listener);
    }

    private static InviteSession nowhere(
            InviteRequest request, String trouble, Executor mailbox, Consumer<SessionEvent> listener) {
        var end = new SessionEnd(
                Cause.TRANSPORT, EndedBy.LOCAL, OptionalInt.empty(), trouble, OptionalInt.empty(), false);
        mailbox.execute(() -> listener.accept(new SessionEvent.Ended(end)));
        return new InviteSession(request.callId(), SessionCommands.NONE);
    }

    private InviteSession invite(
            InviteRequest request, List<Way> ways, Executor mailbox, Consumer<SessionEvent> listener) {
        Account account = request.account();
        var setup = new SessionSetup(
                request.callId(),
                account.addressOfRecord(),
                account.displayName(),
                account.credentials(),
                request.target(),
                ways,
                product,
                request.offer(),
                headers(request.headers()),
                request.options().via(account.routes(request.options().routes())),
                words.tokens());
        var runner = new InviteRunner(setup, mailbox, listener, transport, switchboard, clock, this::reported);
        if (!switchboard.connect(request.callId(), runner)) {
            untried(ways.getFirst().hop());
            throw new IllegalArgumentException("Call-ID " + request.callId() + " is in use");
        }
        runner.start();
        return new InviteSession(request.callId(), runner);
    }

    private void untried(Hop hop) {
        targets.report(hop, new TargetEvent.Untried(), System.nanoTime());
    }

    private void reported(InviteAction.Report report) {
        TargetEvent event = switch (report.health()) {
            case HopHealth.Answered a -> new TargetEvent.Answered();
            case HopHealth.Silent s -> new TargetEvent.Silent();
            case HopHealth.Untried u -> new TargetEvent.Untried();
            // Without a time it is this call's misfortune, as with 500 (RFC 3261 section 21.5.4): other calls may fare
            // better.
            case HopHealth.Refused r ->
                r.retryAfterSeconds().isPresent()
                        ? new TargetEvent.Overloaded(OptionalInt.of((int) Math.min(
                                Integer.MAX_VALUE, r.retryAfterSeconds().getAsLong())))
                        : new TargetEvent.Answered();
        };
        targets.report(report.hop(), event, System.nanoTime());
    }

    // Where nobody is to learn who calls, Contact must not say it either (RFC 3323 section 4.1).
    private SipUri contact(InviteRequest request, Hop hop) throws IOException {
        boolean anonymous = request.options().identity().anonymous();
        Optional<String> user = anonymous
                ? Optional.empty()
                : request.account().addressOfRecord().user();
        return addresses.contactUri(request.target(), user.orElse(UserAgent.NAMELESS), hop);
    }

    private static List<Header> headers(Map<String, String> byName) {
        var headers = new ArrayList<Header>();
        byName.forEach((name, value) -> headers.add(new Header(name, value)));
        return headers;
    }
}
