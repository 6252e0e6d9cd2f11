package dev.outdial.server.calls.live;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.outdial.server.calls.Address;
import dev.outdial.server.calls.CallEventRecord;
import dev.outdial.server.calls.CallQuery;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallService;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.NewCall;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.SoundWish;
import dev.outdial.server.calls.TransferWish;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Calls of the store, and those of this process to control. */
final class LiveCallService implements CallService {
    private final Workshop workshop;
    private final Accepting accepting;
    private final Hangups hangups;
    private final Controls controls;
    private final Gathers gathers;
    private final Recordings recordings;

    LiveCallService(Workshop workshop, Accepting accepting, Controls controls, Gathers gathers, Recordings recordings) {
        this.workshop = workshop;
        this.accepting = accepting;
        this.hangups = new Hangups(workshop);
        this.controls = controls;
        this.gathers = gathers;
        this.recordings = recordings;
    }

    @Override
    public Accepted create(String account, List<NewCall> calls, Optional<RequestKey> key) {
        return accepting.accept(account, calls, key);
    }

    @Override
    public CallRecord get(String account, String id) {
        return workshop.store().read(tables -> tables.calls().find(account, id)).orElseThrow(() -> Troubles.noCall(id));
    }

    @Override
    public Page<CallRecord> list(String account, CallQuery query) {
        return workshop.store().read(tables -> tables.calls().list(account, query));
    }

    @Override
    public void delete(String account, String id) {
        CallRecord call = get(account, id);
        if (call.status() != CallStatus.HANGUP) hangups.end(id, "normal");
        Instant now = workshop.now();
        var aftermath = new Aftermath();
        boolean unused = workshop.store().durably(tables -> {
            Optional<CallRecord> known = tables.calls().lock(id);
            tables.calls().softDelete(id, now);
            known.ifPresent(one -> workshop.keeper()
                    .tell(
                            tables,
                            one,
                            "call.deleted",
                            now,
                            JsonNodeFactory.instance.objectNode().put("id", id)));
            return known.isPresent();
        });
        aftermath.told(account);
        workshop.afterwards(aftermath);
    }

    @Override
    public CallRecord hangUp(String account, String id, String reason) {
        String why = reason.isEmpty() ? "normal" : reason;
        if (!EndWords.REASONS.contains(why)) {
            throw Troubles.invalid(
                    "reason",
                    "'" + why + "' is no reason; expected is one of "
                            + EndWords.REASONS.stream().sorted().toList());
        }
        if (get(account, id).status() != CallStatus.HANGUP) hangups.end(id, why);
        return get(account, id);
    }

    @Override
    public void answer(String account, String id) {
        controls.answer(get(account, id));
    }

    @Override
    public void reject(String account, String id, int sipCode) {
        controls.reject(get(account, id), sipCode);
    }

    @Override
    public void play(String account, String id, List<String> urls, boolean loop, double volumeDb) {
        CallRecord call = get(account, id);
        if (urls.isEmpty()) {
            boolean unused = controls.stopMedia(call);
        } else {
            String unused = controls.sound(call, SoundWish.playing(urls, loop).louderBy(volumeDb));
        }
    }

    @Override
    public void say(String account, String id, String text, String language, String voice, int times) {
        String unused = controls.sound(get(account, id), SoundWish.saying(text, language, voice, Math.max(1, times)));
    }

    @Override
    public String sound(String account, String id, SoundWish wish) {
        return controls.sound(get(account, id), wish);
    }

    @Override
    public boolean stopMedia(String account, String id) {
        return controls.stopMedia(get(account, id));
    }

    @Override
    public void sendDigits(String account, String id, String digits, Duration tone, Duration pause) {
        controls.sendDigits(get(account, id), digits, tone, pause);
    }

    @Override
    public void mute(String account, String id, String direction, boolean on) {
        controls.mute(get(account, id), direction, on);
    }

    @Override
    public void hold(String account, String id, boolean on, Optional<String> music) {
        controls.hold(get(account, id), on, music);
    }

    @Override
    public void transfer(String account, String id, Address to) {
        controls.transfer(get(account, id), to);
    }

    @Override
    public String transfer(String account, String id, TransferWish wish) {
        return controls.transfer(get(account, id), wish);
    }

    @Override
    public String record(String account, String id, RecordingWish wish) {
        return recordings.begin(get(account, id), wish);
    }

    @Override
    public void stopRecording(String account, String id) {
        recordings.stop(get(account, id));
    }

    @Override
    public String gather(String account, String id, GatherWish wish) {
        return gathers.begin(get(account, id), wish);
    }

    @Override
    public GatherView gather(String account, String id, String gatherId) {
        return gathers.view(get(account, id), gatherId);
    }

    @Override
    public void endGather(String account, String id, String gatherId) {
        gathers.end(get(account, id), gatherId);
    }

    @Override
    public Optional<String> figures(String account, String id) {
        return workshop.live(id)
                .filter(live -> live.record().account().equals(account))
                .flatMap(LiveCall::call)
                .map(call -> EndWords.rtp(call.statistics()))
                .filter(json -> !json.isEmpty());
    }

    @Override
    public List<CallEventRecord> events(String account, String id) {
        CallRecord call = get(account, id);
        return workshop.store().read(tables -> tables.events().ofCall(account, call.id()));
    }
}
