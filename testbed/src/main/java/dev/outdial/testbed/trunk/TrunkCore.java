package dev.outdial.testbed.trunk;

import dev.outdial.testbed.message.NameAddress;
import dev.outdial.testbed.message.Replies;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.message.SipUri;
import dev.outdial.testbed.registrar.Gate;
import dev.outdial.testbed.registrar.Registrar;
import dev.outdial.testbed.uas.CallEnd;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hands each SIP message to the call or to the registrar that it is for, and answers those that are for nobody. Belongs to the loop. */
final class TrunkCore {
    private static final int MOST_OTHER_MESSAGES = 1000;

    private final TrunkContext trunk;
    private final Gate gate;
    private final Registrar registrar;
    private final Map<String, CallRecord> calls = new LinkedHashMap<>();
    private final ArrayDeque<TrunkMessage> others = new ArrayDeque<>();

    TrunkCore(TrunkContext trunk, Gate gate) {
        this.trunk = trunk;
        this.gate = gate;
        registrar = new Registrar(trunk.config().longestRegistration().toSeconds());
    }

    void receive(SipMessage message, Hop from, long nowNanos) {
        var call = Optional.ofNullable(calls.get(message.callId()));
        if (!message.isRequest()) {
            call.ifPresent(c -> receiveResponse(c, message, nowNanos));
            return;
        }
        var via = message.via();
        // Nothing can be answered without these (RFC 3261 8.1.1).
        if (via.isEmpty()
                || message.callId().isEmpty()
                || message.from().isEmpty()
                || message.to().isEmpty()) return;
        var noted = via.get()
                .receivedFrom(
                        Hop.host(from.remote().getAddress()), from.remote().getPort());
        if (message.isRequest("INVITE") && call.isEmpty() && message.toTag().isEmpty()) {
            call = Optional.of(new CallRecord(message, nowNanos));
            calls.put(message.callId(), call.get());
            forgetOldest();
        }
        note(call, message, true, nowNanos);
        receiveRequest(call, new Received(message.withVia(noted), from, nowNanos));
    }

    private void receiveResponse(CallRecord call, SipMessage response, long nowNanos) {
        call.note(response, true, nowNanos);
        boolean ends = response.method().equals("BYE") && response.status() >= 200;
        if (ends) call.call().ifPresent(c -> c.byeAnswered(nowNanos));
    }

    private void receiveRequest(Optional<CallRecord> call, Received received) {
        var request = received.request();
        var callee = call.flatMap(CallRecord::call);
        var within = callee.filter(c -> c.dialog().owns(request));
        Runnable stranger = () -> answer(call, received, 481);
        switch (request.method()) {
            case "ACK" -> callee.ifPresent(c -> acknowledge(c, received));
            case "CANCEL" ->
                callee.filter(c -> c.dialog().isOfFirstTransaction(request))
                        .ifPresentOrElse(c -> c.cancelled(received), stranger);
            case "BYE" -> within.ifPresentOrElse(c -> c.byeReceived(received), stranger);
            case "UPDATE" -> within.ifPresentOrElse(c -> c.changed(received), stranger);
            case "INFO" -> answer(call, received, within.isPresent() ? 200 : 481);
            case "OPTIONS" -> answer(call, received, 200);
            case "REGISTER" -> register(received);
            case "INVITE" -> {
                // Every INVITE without a tag made a record before it came here.
                if (request.toTag().isEmpty()) call.ifPresent(c -> invite(c, received));
                else within.ifPresentOrElse(c -> c.changed(received), stranger);
            }
            default -> answer(call, received, 405);
        }
    }

    /** The ACK of a 2xx has a branch of its own and is known by its tags; that of a refusal has the branch of the INVITE (17.1.1.3). */
    private static void acknowledge(CalleeCall call, Received ack) {
        boolean ours = call.dialog().owns(ack.request()) || call.dialog().isOfFirstTransaction(ack.request());
        if (ours) call.acknowledged(ack);
    }

    private void invite(CallRecord call, Received received) {
        var invite = received.request();
        if (call.call().isPresent()) {
            inviteAgain(call, call.call().get(), received);
            return;
        }
        if (trunk.config().challengeInvite() && !mayInvite(call, received)) return;
        var required = invite.values("Require");
        if (!required.isEmpty()) {
            var refusal = Replies.to(invite, 420, tagFor(invite)).header("Unsupported", String.join(", ", required));
            trunk.send(call, refusal.build(), received.replyHop());
            refused(call, 420, received.atNanos());
            return;
        }
        var persona = trunk.config().plan().persona(call.number());
        var tag = "t" + Long.toHexString(trunk.random().nextLong());
        var callee = new CalleeCall(trunk, call, new CalleeDialog(received, tag, call.number()));
        call.begin(persona, callee);
        trunk.tell(new TrunkEvent.Invited(call.callId(), call.number(), call.from(), persona));
        callee.begin(persona, received.atNanos());
    }

    private void inviteAgain(CallRecord call, CalleeCall callee, Received received) {
        var invite = received.request();
        var first = callee.dialog().invite();
        if (callee.dialog().isOfFirstTransaction(invite)) callee.inviteRepeated(received);
        // A late copy of the one that was challenged is nobody's any more; anything else is the same call by another
        // way (8.2.2.2).
        else if (invite.cseqNumber() >= first.cseqNumber()) answer(Optional.of(call), received, 482);
    }

    private boolean mayInvite(CallRecord call, Received received) {
        var answer = received.request().header("Proxy-Authorization");
        return switch (gate.judge(answer, "INVITE", received.atNanos())) {
            case Gate.Verdict.Passed p -> true;
            case Gate.Verdict.Challenged c -> {
                var challenge = Replies.to(received.request(), 407, tagFor(received.request()))
                        .header("Proxy-Authenticate", c.challenge().toHeader());
                trunk.send(call, challenge.build(), received.replyHop());
                trunk.tell(new TrunkEvent.Challenged("INVITE", answer.isPresent()));
                // Who answered wrongly and not just late has no business here; the record says so unless they try
                // again.
                if (answer.isPresent() && !c.challenge().stale()) refused(call, 407, received.atNanos());
                yield false;
            }
        };
    }

    private void refused(CallRecord call, int status, long nowNanos) {
        call.ended(new CallEnd(CallEnd.Kind.REFUSED, status), nowNanos);
        trunk.finished(call, false);
    }

    private void register(Received received) {
        var request = received.request();
        var user = request.to().flatMap(NameAddress::sipUri).map(SipUri::user).orElse("");
        if (trunk.config().challengeRegister()) {
            var answer = request.header("Authorization");
            switch (gate.judge(answer, "REGISTER", received.atNanos())) {
                case Gate.Verdict.Challenged c -> {
                    var challenge = Replies.to(request, 401, tagFor(request))
                            .header("WWW-Authenticate", c.challenge().toHeader());
                    sendOther(challenge.build(), received);
                    trunk.tell(new TrunkEvent.Challenged("REGISTER", answer.isPresent()));
                    return;
                }
                case Gate.Verdict.Passed p -> {
                    if (!p.user().equals(user)) {
                        sendOther(Replies.to(request, 403, tagFor(request)).build(), received);
                        return;
                    }
                }
            }
        }
        switch (registrar.register(user, request, received.atNanos())) {
            case Registrar.Result.Malformed m ->
                sendOther(Replies.to(request, 400, tagFor(request)).build(), received);
            case Registrar.Result.Accepted a -> registered(user, a, received);
        }
    }

    private void registered(String user, Registrar.Result.Accepted result, Received received) {
        var request = received.request();
        var reply = Replies.to(request, 200, tagFor(request));
        for (var binding : result.bindings()) {
            // Rounded up, so that a binding just made shows the time that was granted.
            long seconds = Math.ceilDiv(binding.expiresNanos() - received.atNanos(), 1_000_000_000);
            reply.header("Contact", "<" + binding.contact() + ">;expires=" + seconds);
        }
        sendOther(reply.build(), received);
        if (result.grantedSeconds() > 0) {
            var contact = request.contact().map(NameAddress::uri).orElse("");
            trunk.tell(new TrunkEvent.Registered(user, contact, result.grantedSeconds()));
        } else if (result.bindings().isEmpty() && !request.values("Contact").isEmpty()) {
            trunk.tell(new TrunkEvent.Unregistered(user));
        }
    }

    private void answer(Optional<CallRecord> call, Received received, int status) {
        var request = received.request();
        var reply = Replies.to(request, status, tagFor(request)).header("Allow", CalleeDialog.ALLOW);
        if (status == 200 && request.isRequest("OPTIONS")) reply.header("Accept", "application/sdp");
        var message = reply.build();
        note(call, message, false, System.nanoTime());
        trunk.send(message, received.replyHop());
    }

    private void sendOther(SipMessage message, Received received) {
        note(Optional.empty(), message, false, System.nanoTime());
        trunk.send(message, received.replyHop());
    }

    private void note(Optional<CallRecord> call, SipMessage message, boolean fromCaller, long nowNanos) {
        call.ifPresentOrElse(
                c -> c.note(message, fromCaller, nowNanos), () -> noteOther(message, fromCaller, nowNanos));
    }

    /** A tag that is the same for every copy of a request, so that answering needs no memory (8.2.7). */
    private static String tagFor(SipMessage request) {
        return "s" + Integer.toHexString((request.callId() + request.branch()).hashCode());
    }

    private void noteOther(SipMessage message, boolean fromCaller, long nowNanos) {
        others.add(new TrunkMessage(nowNanos, fromCaller, message));
        if (others.size() > MOST_OTHER_MESSAGES) others.remove();
    }

    private void forgetOldest() {
        if (calls.size() <= trunk.config().keptCalls()) return;
        var ended = calls.values().stream().filter(CallRecord::isFinished).findFirst();
        ended.ifPresent(c -> calls.remove(c.callId()));
    }

    List<TrunkCall> calls() {
        return calls.values().stream().map(CallRecord::snapshot).toList();
    }

    Optional<CallRecord> call(String callId) {
        return Optional.ofNullable(calls.get(callId));
    }

    List<TrunkMessage> others() {
        return List.copyOf(others);
    }

    List<Registrar.Binding> bindings(String user, long nowNanos) {
        return registrar.bindings(user, nowNanos);
    }

    void close(long nowNanos) {
        calls.values().forEach(c -> c.call().ifPresent(callee -> callee.close(nowNanos)));
    }
}
