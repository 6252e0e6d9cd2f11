package dev.outdial.server.http;

import dev.outdial.server.calls.Address;
import dev.outdial.server.calls.CallEventRecord;
import dev.outdial.server.calls.CallQuery;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallService;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.Created;
import dev.outdial.server.calls.NewCall;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.SoundWish;
import dev.outdial.server.calls.TransferWish;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Calls in memory: accepted at once, and up at once where they are to be controlled. */
final class FakeCalls implements CallService {
    static final Instant NOW = Instant.parse("2026-01-31T09:00:00.123456Z");

    /** What was asked for, in words. */
    final List<String> log = new CopyOnWriteArrayList<>();

    final List<NewCall> wanted = new CopyOnWriteArrayList<>();
    private final FakeTable<List<CallRecord>> accepted =
            new FakeTable<>(calls -> calls.getFirst().id());
    final FakeTable<CallRecord> calls = new FakeTable<>(CallRecord::id);
    private final Map<String, GatherView> gathers = new HashMap<>();
    private final FakeEvents events;
    /** What comes over a call while it is hung up. */
    volatile Runnable whileRecording = () -> {};

    Runnable whileHangingUp = () -> {};

    FakeCalls(FakeEvents events) {
        this.events = events;
    }

    @Override
    public Accepted create(String account, List<NewCall> list, Optional<RequestKey> key) {
        for (NewCall call : list)
            if (call.to().target().equals("+15550000000"))
                throw new ServiceException(
                        ServiceException.Kind.FORBIDDEN,
                        "guard",
                        "this number is not called",
                        List.of(new ServiceException.Field("to", "is on the do-not-call list")));
        Created<List<CallRecord>> created = accepted.create(account, key, () -> {
            wanted.addAll(list);
            var records = new ArrayList<CallRecord>();
            for (NewCall call : list) records.add(record(account, call));
            records.forEach(record -> calls.put(account, record));
            records.forEach(record -> events.add(account, "call.created", record.id()));
            return records;
        });
        return new Accepted(created.item(), created.replay());
    }

    private static CallRecord record(String account, NewCall call) {
        return new CallRecord(
                UUID.randomUUID().toString(),
                account,
                call.origin(),
                "outgoing",
                call.from().orElse(new Address(Address.Type.TEL, "+15551230001", "")),
                call.to(),
                call.trunk().orElse("loopback"),
                "",
                CallStatus.QUEUED,
                false,
                0,
                "",
                "",
                "",
                OptionalInt.empty(),
                "",
                OptionalInt.empty(),
                "",
                call.plan(),
                call.schedule(),
                call.ringTimeout().toMillis(),
                call.maxDuration().toMillis(),
                "",
                "",
                "",
                "",
                "",
                List.of(),
                "",
                List.of(),
                "",
                "",
                call.tag(),
                call.metadata(),
                call.variables(),
                call.headers(),
                call.anonymous(),
                call.record(),
                call.detectMachine(),
                call.callbacks(),
                NOW,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                NOW);
    }

    @Override
    public CallRecord get(String account, String id) {
        return calls.get(account, id);
    }

    @Override
    public Page<CallRecord> list(String account, CallQuery query) {
        log.add(query.toString());
        return calls.list(
                account,
                query.cursor(),
                query.limit(),
                call -> query.status().map(status -> status == call.status()).orElse(true)
                        && query.tag().map(call.tag()::equals).orElse(true));
    }

    @Override
    public void delete(String account, String id) {
        calls.delete(account, id);
    }

    private void note(String account, String id, String what) {
        calls.get(account, id);
        log.add(what);
    }

    @Override
    public CallRecord hangUp(String account, String id, String reason) {
        whileHangingUp.run();
        note(account, id, "hangup " + reason);
        return calls.get(account, id);
    }

    @Override
    public void answer(String account, String id) {
        note(account, id, "answer");
    }

    @Override
    public void reject(String account, String id, int sipCode) {
        note(account, id, "reject " + sipCode);
    }

    @Override
    public void play(String account, String id, List<String> urls, boolean loop, double volumeDb) {
        note(account, id, "play " + urls + " " + loop + " " + volumeDb);
    }

    @Override
    public void say(String account, String id, String text, String language, String voice, int times) {
        note(account, id, "say " + text + " " + language + " " + voice + " " + times);
    }

    @Override
    public String sound(String account, String id, SoundWish wish) {
        note(account, id, wish.toString());
        return UUID.randomUUID().toString();
    }

    @Override
    public boolean stopMedia(String account, String id) {
        note(account, id, "stop");
        return true;
    }

    @Override
    public void sendDigits(String account, String id, String digits, Duration tone, Duration pause) {
        note(account, id, "digits " + digits + " " + tone.toMillis() + " " + pause.toMillis());
    }

    @Override
    public void mute(String account, String id, String direction, boolean on) {
        note(account, id, (on ? "mute " : "unmute ") + direction);
    }

    @Override
    public void hold(String account, String id, boolean on, Optional<String> music) {
        note(account, id, on ? "hold" : "unhold");
    }

    @Override
    public String transfer(String account, String id, TransferWish wish) {
        note(account, id, "transfer " + wish.to().target() + " bridged");
        return "";
    }

    @Override
    public void transfer(String account, String id, Address to) {
        note(account, id, "transfer " + to.target() + " blind");
    }

    @Override
    public String record(String account, String id, RecordingWish wish) {
        whileRecording.run();
        note(account, id, wish.toString());
        return UUID.randomUUID().toString();
    }

    @Override
    public void stopRecording(String account, String id) {
        note(account, id, "record stop");
    }

    @Override
    public String gather(String account, String id, GatherWish wish) {
        note(account, id, wish.toString());
        String gather = UUID.randomUUID().toString();
        gathers.put(gather, new GatherView(gather, id, "collecting", "", "", wish.tag(), NOW, Optional.empty()));
        return gather;
    }

    @Override
    public GatherView gather(String account, String id, String gatherId) {
        return Optional.ofNullable(gathers.get(gatherId)).orElseThrow(Exchange::notFound);
    }

    @Override
    public void endGather(String account, String id, String gatherId) {
        gather(account, id, gatherId);
        log.add("end gather");
    }

    @Override
    public List<CallEventRecord> events(String account, String id) {
        calls.get(account, id);
        return events.after(account, 0, Optional.of(id), 1000);
    }
}
