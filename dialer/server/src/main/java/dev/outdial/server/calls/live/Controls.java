package dev.outdial.server.calls.live;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.dialer.Answer;
import dev.outdial.dialer.AudioClip;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.CallEndedException;
import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.DialerException;
import dev.outdial.dialer.IncomingCall;
import dev.outdial.dialer.Played;
import dev.outdial.dialer.digits.Digits;
import dev.outdial.dialer.flow.run.Companion;
import dev.outdial.dialer.flow.run.FlowCall;
import dev.outdial.dialer.log.LogMark;
import dev.outdial.dialer.sound.SoundDirection;
import dev.outdial.server.calls.Address;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.SoundWish;
import dev.outdial.server.calls.TransferWish;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done with calls of this process by who asks for it. What takes time goes on when these return; events tell of its end.
 * <b>Threading:</b> any.
 */
final class Controls {
    private static final Logger LOG = LoggerFactory.getLogger(Controls.class);
    private static final Duration TONE = Duration.ofMillis(160);
    private static final Duration PAUSE = Duration.ofMillis(80);
    private static final int STOP_TURNS = 20;
    private static final long STOP_MILLIS = 50;

    private final Workshop workshop;
    private final TargetRules rules;

    Controls(Workshop workshop) {
        this.workshop = workshop;
        this.rules = new TargetRules(workshop);
    }

    /** Something that is done in a call and waits for it. */
    @FunctionalInterface
    private interface Deed {
        void in(Call call) throws InterruptedException;
    }

    /** The call of this process. @throws dev.outdial.server.calls.ServiceException CONFLICT where it is over, or another process's */
    LiveCall live(CallRecord call) {
        if (call.status() == CallStatus.HANGUP) throw Troubles.over();
        return workshop.live(call.id()).filter(one -> !one.isOver()).orElseThrow(() -> {
            boolean isOver = workshop.store()
                    .read(tables -> tables.calls().byId(call.id()))
                    .filter(one -> one.status() != CallStatus.HANGUP)
                    .isEmpty();
            return isOver
                    ? Troubles.over()
                    : call.status() == CallStatus.QUEUED ? Troubles.notAnswered() : Troubles.elsewhere();
        });
    }

    /** The same, answered. */
    LiveCall answered(CallRecord call) {
        LiveCall live = live(call);
        if (!live.isAnswered() || live.call().isEmpty()) throw Troubles.notAnswered();
        return live;
    }

    private Call engines(CallRecord call) {
        return answered(call).call().orElseThrow(Troubles::notAnswered);
    }

    void answer(CallRecord call) {
        LiveCall live = live(call);
        if (live.isAnswered()) return;
        if (live.incoming().isEmpty()) {
            throw Troubles.conflict("call_not_incoming", "the far end answers this call, not we");
        }
        live.flow().ifPresentOrElse(FlowCall::answer, () -> live.answering().run());
    }

    void reject(CallRecord call, int sipCode) {
        LiveCall live = live(call);
        IncomingCall incoming = live.incoming()
                .orElseThrow(() -> Troubles.conflict("call_not_incoming", "only a call that came in can be rejected"));
        if (live.isAnswered()) throw Troubles.conflict("call_answered", "the call is answered already; hang it up");
        if (sipCode < 400 || sipCode > 699) {
            throw Troubles.invalid("sip_code", "status " + sipCode + " declines nothing: 400 to 699 is expected");
        }
        live.ask("cancel");
        incoming.decline(sipCode);
    }

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** @return the id of the playback */
    String sound(CallRecord call, SoundWish wish) {
        LiveCall live = answered(call);
        Call engines = live.call().orElseThrow(Troubles::notAnswered);
        List<AudioClip> wanted = workshop.clips(call.account()).of(wish);
        if (!wish.readyWithin().isZero()) Preparing.prepare(engines, wanted, wish.readyWithin());
        boolean isSpeech = wish.urls().isEmpty();
        var next = new Playback(
                UUID.randomUUID().toString(), isSpeech ? "speech" : "file", String.join(" ", wish.urls()), wish.tag());
        live.sounds().lock();
        try {
            boolean unused = silence(live, engines, "replaced");
            live.flowIsSilent();
            live.playing().set(Optional.of(next));
            tell(live, "media.started", next.begun());
            go(live, "media", one -> {
                Played played = one.play(wanted);
                ended(live, next, played.whole() ? "end" : next.why(), played.millis());
            });
        } finally {
            live.sounds().unlock();
        }
        return next.id();
    }

    private void ended(LiveCall live, Playback playback, String reason, long millis) {
        live.playing().getAndUpdate(now -> now.filter(one -> one != playback));
        if (!playback.end()) return;
        try {
            tell(live, "media.done", playback.ended(reason, millis));
        } finally {
            playback.told();
        }
    }

    boolean stopMedia(CallRecord call) {
        LiveCall live = answered(call);
        live.sounds().lock();
        try {
            return silence(live, live.call().orElseThrow(Troubles::notAnswered), "stopped");
        } finally {
            live.sounds().unlock();
        }
    }

    /** Ends what is heard, and has that told. */
    private boolean silence(LiveCall live, Call engines, String reason) {
        boolean flowSounds = live.isFlowHeard();
        Optional<Playback> now = live.playing().get();
        now.ifPresent(one -> one.endFor(reason));
        engines.stopPlaying();
        if (flowSounds && reason.equals("replaced")) {
            LiveCall.Sounding what = live.sounding();
            live.flowIsSilent();
            tell(
                    live,
                    "media.done",
                    NODES.objectNode()
                            .put("kind", what.kind())
                            .put("what", what.what())
                            .put("action_id", what.actionId())
                            .put("reason", reason));
        }
        now.ifPresent(one -> awaitEnd(live, engines, one));
        return now.isPresent() || flowSounds;
    }

    private void awaitEnd(LiveCall live, Call engines, Playback one) {
        try {
            // Who plays may not have come so far yet that it could be stopped.
            for (int turn = 0; turn < STOP_TURNS && !one.awaitOver(STOP_MILLIS); turn++) engines.stopPlaying();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
        ended(live, one, one.why(), 0);
    }

    void sendDigits(CallRecord call, String digits, Duration tone, Duration pause) {
        LiveCall live = answered(call);
        if (!Digits.areKeysOrPauses(digits)) {
            throw Troubles.invalid("digits", "0-9, *, #, A-D and the pauses , w W are expected");
        }
        Duration down = tone.isZero() ? TONE : tone;
        Duration up = pause.isZero() ? PAUSE : pause;
        go(live, "dtmf", one -> {
            one.sendDigits(digits, down, up);
            tell(live, "dtmf.sent", NODES.objectNode().put("digits", digits));
        });
    }

    void mute(CallRecord call, String direction, boolean on) {
        SoundDirection way = direction(direction);
        LiveCall live = answered(call);
        now(call, one -> {
            if (on) one.mute(way);
            else one.unmute(way);
        });
        tell(live, "call.updated", NODES.objectNode().put(on ? "muted" : "unmuted", direction));
    }

    private static SoundDirection direction(String word) {
        return switch (word) {
            case "", "both" -> SoundDirection.BOTH;
            case "in", "incoming" -> SoundDirection.INCOMING;
            case "out", "outgoing" -> SoundDirection.OUTGOING;
            default ->
                throw Troubles.invalid("direction", "'" + word + "' is no direction: in, out or both is expected");
        };
    }

    void hold(CallRecord call, boolean on, Optional<String> music) {
        LiveCall live = answered(call);
        Optional<AudioClip> heard = music.filter(url -> on).map(url -> clip(call, url));
        go(live, "hold", one -> {
            if (!on) one.resume();
            else if (heard.isPresent()) one.hold(heard.get());
            else one.hold();
            tell(live, "call.updated", NODES.objectNode().put("held", on));
        });
    }

    private AudioClip clip(CallRecord call, String url) {
        return workshop.clips(call.account()).of(List.of(url), false, 0).getFirst();
    }

    void transfer(CallRecord call, Address to) {
        LiveCall live = answered(call);
        rules.check(call, to);
        String uri = uri(call.trunk(), Requests.target(to));
        go(live, "transfer", one -> one.transfer(uri));
    }

    String transfer(CallRecord call, TransferWish wish) {
        LiveCall live = answered(call);
        DialRequest request = Requests.of(call.trunk(), wish);
        try {
            workshop.dialer().check(request);
        } catch (IllegalArgumentException senseless) {
            throw Troubles.invalid("to", String.valueOf(senseless.getMessage()));
        }
        List<AudioClip> whisper =
                wish.whisper().map(workshop.clips(call.account())::of).orElse(List.of());
        Duration readyWithin = wish.whisper().map(SoundWish::readyWithin).orElse(Duration.ZERO);
        if (!readyWithin.isZero()) {
            Preparing.prepare(live.call().orElseThrow(Troubles::notAnswered), whisper, readyWithin);
        }
        FurtherCalls.Further third = new FurtherCalls(workshop, live).transferred(request, wish);
        go(live, "transfer", one -> {
            Answer answer = transferred(one, dialled(third), whisper);
            tell(
                    live,
                    "call.updated",
                    NODES.objectNode()
                            .put("transferred", answer instanceof Answer.Answered)
                            .put(
                                    "transfer_answer",
                                    answer.getClass().getSimpleName().toLowerCase(Locale.ROOT)));
        });
        return third.id();
    }

    private static Answer transferred(Call one, Call third, List<AudioClip> whisper) throws InterruptedException {
        if (whisper.isEmpty()) return one.transferBridged(third);
        // Until the two talk nobody else ends the third when the first is over.
        Thread watch = Thread.ofVirtual().name("outdial-transfer-end").start(() -> {
            try {
                var unused = one.awaitEnd();
                third.hangUp();
            } catch (InterruptedException bridged) {
                LOG.debug("call={} ends its transfer by itself", one.id());
            }
        });
        try {
            Answer answer = third.awaitAnswer();
            if (!(answer instanceof Answer.Answered)) return answer;
            var unused = third.play(whisper);
            return one.transferBridged(third);
        } finally {
            watch.interrupt();
        }
    }

    /** Whom the far end is to call in our place: a number or an extension is its own trunk's, and looks as that wants it. */
    private String uri(String trunk, String target) {
        if (Requests.type(target) == Address.Type.SIP || target.contains("@") || trunk.isEmpty()) return target;
        try {
            return workshop.dialer().uriToDial(trunk, target);
        } catch (IllegalArgumentException senseless) {
            throw Troubles.invalid("to", String.valueOf(senseless.getMessage()));
        }
    }

    /** The third call of a transfer has a row of its own. */
    private Call dialled(Companion third) {
        try {
            Call call = workshop.dialer().dial(third.request(), third::hear);
            third.dialled(call);
            return call;
        } catch (IllegalArgumentException | IllegalStateException undialled) {
            third.undialled(String.valueOf(undialled.getMessage()));
            throw undialled;
        }
    }

    /** Does it at once. */
    private void now(CallRecord call, Deed deed) {
        try {
            deed.in(engines(call));
        } catch (CallEndedException ended) {
            throw Troubles.over();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw Troubles.conflict("interrupted", "the server is closing");
        }
    }

    private void go(LiveCall live, String what, Deed deed) {
        Call call = live.call().orElseThrow(Troubles::notAnswered);
        Thread.ofVirtual().name("outdial-" + what + "-" + live.id()).start(LogMark.around(live.id(), () -> {
            try {
                deed.in(call);
            } catch (CallEndedException ended) {
                LOG.debug("call={} ended while {} went on", live.id(), what);
            } catch (DialerException | IllegalArgumentException | IllegalStateException unable) {
                tell(
                        live,
                        "error",
                        NODES.objectNode().put("where", what).put("message", String.valueOf(unable.getMessage())));
                if (what.equals("media")) live.playing().get().ifPresent(one -> ended(live, one, "error", 0));
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    void tell(LiveCall live, String type, ObjectNode data) {
        var unused = workshop.write(live.id(), new Change.Told(type, data.toString()));
    }
}
