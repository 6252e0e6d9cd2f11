package dev.outdial.testbed.trunk;

import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.PersonaMachine;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.peer.Wire;
import dev.outdial.testbed.sdp.AudioDescription;
import dev.outdial.testbed.sound.Clip;
import dev.outdial.testbed.sound.Sound;
import dev.outdial.testbed.sound.Tones;
import dev.outdial.testbed.uas.CallEnd;
import dev.outdial.testbed.uas.UasMachine;
import dev.outdial.testbed.uas.UasMachine.Action;
import dev.outdial.testbed.uas.UasMachine.Event;
import dev.outdial.testbed.uas.UasMachine.State;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One call: carries out what {@link UasMachine} and {@link PersonaMachine} decide, and tells them what happens. Belongs to the loop.
 */
final class CalleeCall extends TrunkLoop.Timed implements CalleeMedia.Listener {
    /** How long the ports stay open after the end, so that the caller's last packets and RTCP BYE are counted. */
    private static final long LINGER_NANOS = 250_000_000;

    private static final long T2_IN_T1 = 8;
    private static final double TONE_AMPLITUDE = 0.3;

    private final TrunkContext trunk;
    private final CallRecord call;
    private final CalleeDialog dialog;
    private final UasMachine machine;
    private final boolean offerMissing;
    private State state = UasMachine.start();
    private PersonaMachine.State walk = new PersonaMachine.State(List.of(), new PersonaMachine.Waiting.ForNothing());
    private Optional<CalleeSound> media = Optional.empty();
    private Optional<SipMessage> lastReply = Optional.empty();
    private OptionalLong lingerUntilNanos = OptionalLong.empty();
    private long sdpVersion = 1;
    private boolean keeps;
    private boolean pressesAsTones;
    private int requestsSent;

    CalleeCall(TrunkContext trunk, CallRecord call, CalleeDialog dialog) {
        this.trunk = trunk;
        this.call = call;
        this.dialog = dialog;
        offerMissing = dialog.invite().body().isBlank();
        long t1 = trunk.config().t1().toNanos();
        machine = new UasMachine(
                new UasMachine.Timers(t1, T2_IN_T1 * t1, dialog.hop().wire() == Wire.TCP));
    }

    /** Answers the INVITE with 100 and lets the callee do the rest; without a callee, 404. */
    void begin(Optional<Persona> persona, long nowNanos) {
        reply(100, false);
        if (persona.isEmpty()) {
            tell(new Event.RefuseRequested(404), nowNanos);
            return;
        }
        pressesAsTones = persona.get().does(Step.PressAsTones.class);
        if (!openMedia()) {
            tell(new Event.RefuseRequested(488), nowNanos);
            return;
        }
        follow(PersonaMachine.start(persona.get(), nowNanos), nowNanos);
        trunk.loop().schedule(this);
    }

    private boolean openMedia() {
        var laws = trunk.config().laws();
        var terms = offerMissing
                ? Optional.of(MediaTerms.offered(laws))
                : AudioDescription.parse(dialog.invite().body()).flatMap(offer -> MediaTerms.answering(offer, laws));
        media = terms.map(this::own).map(this::sound);
        media.ifPresent(call::sounds);
        return media.isPresent();
    }

    private MediaTerms own(MediaTerms terms) {
        return pressesAsTones ? terms.withoutEvents() : terms;
    }

    private CalleeSound sound(MediaTerms terms) {
        var counting = trunk.config().counting();
        if (counting.isPresent()) return new CountedSound(terms, counting.get());
        var ports = RtpPorts.open(dialog.hop().local().getAddress(), trunk.tap());
        var sound = new CalleeMedia(terms, ports, trunk.config(), trunk.random(), this);
        sound.listen(trunk.loop());
        return sound;
    }

    // What the network says.

    void inviteRepeated(Received invite) {
        tell(new Event.InviteRepeated(), invite.atNanos());
    }

    void acknowledged(Received ack) {
        if (offerMissing) renegotiate(ack.request());
        tell(new Event.Acknowledged(), ack.atNanos());
    }

    void cancelled(Received cancel) {
        tell(new Event.CancelReceived(), Optional.of(cancel), cancel.atNanos());
    }

    void byeReceived(Received bye) {
        tell(new Event.ByeReceived(), Optional.of(bye), bye.atNanos());
    }

    void byeAnswered(long nowNanos) {
        tell(new Event.ByeAnswered(), nowNanos);
    }

    /** An INVITE or UPDATE within the dialog: the caller's terms change. */
    void changed(Received received) {
        var request = received.request();
        boolean offers = !request.body().isBlank();
        boolean agreed = !offers || renegotiate(request);
        if (offers && agreed) sdpVersion++;
        boolean describes = agreed && (offers || request.isRequest("INVITE"));
        var reply = dialog.reply(request, agreed ? 200 : 488, describes ? description() : Optional.empty());
        trunk.send(call, reply, received.replyHop());
    }

    private boolean renegotiate(SipMessage message) {
        var terms = AudioDescription.parse(message.body())
                .flatMap(theirs -> MediaTerms.answering(theirs, trunk.config().laws()))
                .map(this::own);
        terms.ifPresent(t -> media.ifPresent(m -> m.renegotiate(t)));
        return terms.isPresent();
    }

    CalleeDialog dialog() {
        return dialog;
    }

    // What the machines say.

    private void tell(Event event, long nowNanos) {
        tell(event, Optional.empty(), nowNanos);
    }

    private void tell(Event event, Optional<Received> request, long nowNanos) {
        var next = machine.step(state, event, nowNanos);
        state = next.state();
        for (var action : next.actions()) perform(action, request, nowNanos);
        trunk.loop().schedule(this);
    }

    private void perform(Action action, Optional<Received> request, long nowNanos) {
        switch (action) {
            case Action.SendProgress a -> {
                reply(a.status(), a.withSound());
                trunk.tell(new TrunkEvent.Ringing(call.callId(), a.status()));
            }
            case Action.SendAnswer a -> {
                reply(200, true);
                call.answered(nowNanos);
                media.ifPresent(m -> trunk.tell(
                        new TrunkEvent.Answered(call.callId(), m.terms().law())));
            }
            case Action.SendRefusal a -> {
                reply(a.status(), false);
                fallSilent(nowNanos);
            }
            case Action.SendLastAgain a -> lastReply.ifPresent(m -> trunk.send(call, m, dialog.replyHop()));
            case Action.AcceptCancel a -> request.ifPresent(this::accept);
            case Action.AcceptBye a -> request.ifPresent(this::accept);
            case Action.SendBye a -> {
                fallSilent(nowNanos);
                trunk.send(call, dialog.bye(requestsSent + 1), dialog.byeHop());
            }
            case Action.ReportEnd a -> end(a.end(), nowNanos);
        }
    }

    private void reply(int status, boolean withSound) {
        var sdp = withSound ? description() : Optional.<String>empty();
        var message = dialog.reply(dialog.invite(), status, sdp);
        lastReply = Optional.of(message);
        trunk.send(call, message, dialog.replyHop());
    }

    private void accept(Received request) {
        trunk.send(call, dialog.reply(request.request(), 200, Optional.empty()), request.replyHop());
    }

    private Optional<String> description() {
        return media.map(
                m -> m.terms().description(dialog.hop().localHost(), m.port()).toText(m.port(), sdpVersion));
    }

    private void fallSilent(long nowNanos) {
        walk = new PersonaMachine.State(List.of(), new PersonaMachine.Waiting.ForNothing());
        media.ifPresent(m -> m.stop(nowNanos));
    }

    private void end(CallEnd how, long nowNanos) {
        fallSilent(nowNanos);
        call.ended(how, nowNanos);
        boolean sounded = media.isPresent() && how.status() == 200;
        lingerUntilNanos = OptionalLong.of(nowNanos + (sounded ? LINGER_NANOS : 0));
    }

    /** Ends at once, as a carrier that goes down: a last message is sent and not waited for. */
    void close(long nowNanos) {
        switch (state) {
            case State.Proceeding s -> {
                reply(503, false);
                close(new CallEnd(CallEnd.Kind.TRUNK_CLOSED, 503), nowNanos);
            }
            case State.Answering s -> closeWithBye(nowNanos);
            case State.Confirmed s -> closeWithBye(nowNanos);
            case State.Refusing s -> close(s.end(), nowNanos);
            case State.Leaving s -> close(s.end(), nowNanos);
            case State.Over s -> {
                if (lingerUntilNanos.isPresent()) finish();
            }
        }
    }

    private void closeWithBye(long nowNanos) {
        trunk.send(call, dialog.bye(requestsSent + 1), dialog.byeHop());
        close(new CallEnd(CallEnd.Kind.TRUNK_CLOSED, 200), nowNanos);
    }

    private void close(CallEnd how, long nowNanos) {
        state = new State.Over(how);
        end(how, nowNanos);
        finish();
    }

    private void follow(PersonaMachine.Next next, long nowNanos) {
        walk = next.state();
        if (walk.waiting() instanceof PersonaMachine.Waiting.ForMessage m) {
            media.ifPresent(s -> s.awaitMessage(m.silenceNanos()));
        }
        for (var step : next.actions()) perform(step, nowNanos);
    }

    private void perform(Step step, long nowNanos) {
        var sound = media.orElseThrow();
        switch (step) {
            case Step.Ring s -> tell(new Event.ProgressRequested(180, false), nowNanos);
            case Step.EarlyMedia s -> {
                tell(new Event.ProgressRequested(183, true), nowNanos);
                sound.start(nowNanos);
                sound.say(Sound.ringback());
            }
            case Step.Answer s -> {
                tell(new Event.AnswerRequested(), nowNanos);
                sound.start(nowNanos);
                sound.say(Sound.silence());
            }
            case Step.Refuse s -> tell(new Event.RefuseRequested(s.status()), nowNanos);
            case Step.Press s -> sound.press(s.digits());
            case Step.PressAsTones s -> sound.press(s.digits());
            case Step.PressByInfo s -> inform(s.digits());
            case Step.Say s -> sound.say(Clip.of(s.prompt().reference()));
            case Step.SayTone s ->
                sound.say(Clip.of(new Tones(TONE_AMPLITUDE, s.hertz())
                        .samples((int) s.time().toMillis())));
            case Step.Echo s -> sound.echo();
            case Step.Keep s -> keeps = true;
            case Step.HangUp s -> tell(new Event.HangUpRequested(), nowNanos);
            case Step.Wait s -> throw new IllegalStateException("waiting is the machine's own");
            case Step.AwaitMessage s -> throw new IllegalStateException("waiting is the machine's own");
        }
    }

    private void inform(String digits) {
        for (char digit : digits.toCharArray()) {
            requestsSent++;
            trunk.send(call, dialog.info(requestsSent, digit), dialog.byeHop());
        }
    }

    private void happened(PersonaMachine.Event event, long nowNanos) {
        var next = PersonaMachine.step(walk, event, nowNanos);
        // Most wakings are not for the persona; following it anew would make it start listening anew.
        if (!next.state().equals(walk)) follow(next, nowNanos);
        trunk.loop().schedule(this);
    }

    // What the sound says.

    @Override
    public void digitReceived(char digit) {
        trunk.tell(new TrunkEvent.DigitReceived(call.callId(), digit));
    }

    @Override
    public void digitSent(char digit) {
        trunk.tell(new TrunkEvent.DigitSent(call.callId(), digit));
    }

    @Override
    public void messageHeard(long nowNanos) {
        trunk.tell(new TrunkEvent.MessageHeard(call.callId()));
        happened(PersonaMachine.Event.MESSAGE_HEARD, nowNanos);
    }

    @Override
    public void ownSoundEnded(long nowNanos) {
        happened(PersonaMachine.Event.OWN_SOUND_ENDED, nowNanos);
    }

    // What the clock says.

    @Override
    OptionalLong nextDeadlineNanos() {
        var signalling = CalleeMedia.earlier(state.nextDeadlineNanos(), walk.nextDeadlineNanos());
        var sound = media.map(CalleeSound::nextDeadlineNanos).orElse(OptionalLong.empty());
        return CalleeMedia.earlier(CalleeMedia.earlier(signalling, sound), lingerUntilNanos);
    }

    @Override
    void wake(long nowNanos) {
        tell(new Event.DeadlinePassed(), nowNanos);
        happened(PersonaMachine.Event.TIME_PASSED, nowNanos);
        media.ifPresent(m -> m.wake(nowNanos));
        if (lingerUntilNanos.isPresent() && nowNanos - lingerUntilNanos.getAsLong() >= 0) finish();
    }

    private void finish() {
        lingerUntilNanos = OptionalLong.empty();
        media.ifPresent(CalleeSound::close);
        trunk.finished(call, keeps);
    }
}
