package dev.outdial.server.calls.live;

import static dev.outdial.server.calls.live.LiveBench.ME;
import static dev.outdial.server.calls.live.LiveBench.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outdial.server.calls.CallPlan;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallService;
import dev.outdial.server.calls.CallService.RequestKey;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.Callbacks;
import dev.outdial.server.calls.NewCall;
import dev.outdial.server.calls.NewGroupcall;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.RecordingRecord;
import dev.outdial.server.calls.Schedule;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.SoundWish;
import dev.outdial.server.store.NodeLease;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import dev.outdial.testbed.uas.CallEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls that are accepted, dialled, told of and ended, over the loopback trunk. */
@Timeout(40)
class LiveCallsTest {
    private static final DialPlan PLAN = DialPlan.standard()
            .with("2000", Persona.of("answers", new Step.Answer()))
            .with(
                    "2001",
                    Persona.of(
                            "answers and presses 7",
                            new Step.Ring(),
                            new Step.Answer(),
                            new Step.Wait(Duration.ofMillis(300)),
                            new Step.Press("7")))
            .with(
                    "2002",
                    Persona.of(
                            "answers and hangs up",
                            new Step.Answer(),
                            new Step.Wait(Duration.ofMillis(300)),
                            new Step.HangUp()));

    @TempDir
    private Path folder = Path.of("");

    private LoopbackTrunk trunk = LoopbackTrunk.builder().dialPlan(PLAN).start();
    private Optional<LiveBench> opened = Optional.empty();

    private LiveBench bench() {
        return opened.orElseGet(() -> open(settings -> settings));
    }

    private LiveBench open(UnaryOperator<LiveSettings> wishes) {
        LiveBench bench = LiveBench.on(folder, trunk.port(), 0, wishes);
        opened = Optional.of(bench);
        return bench;
    }

    @AfterEach
    void close() {
        opened.ifPresent(LiveBench::close);
        trunk.close();
    }

    @Test
    void aCallIsStoredDialledToldOfAndEnds() {
        CallRecord accepted = bench().create(to("2001", new CallPlan.InlineFlow("""
                [{"id":"key","type":"digits_receive","option":{"duration":5000,"length":1}},
                 {"id":"tone","type":"beep"}]""")));
        assertThat(accepted.status()).isEqualTo(CallStatus.QUEUED);

        CallRecord over = bench().await(accepted.id(), CallStatus.HANGUP);

        assertThat(over.outcome()).isEqualTo("completed");
        assertThat(over.hangupBy()).isEqualTo("local");
        assertThat(over.hangupReason()).isEqualTo("normal");
        assertThat(over.cause()).isEqualTo("NORMAL_CLEARING");
        assertThat(over.q850()).hasValue(16);
        assertThat(over.codec()).isEqualTo("PCMU");
        assertThat(over.attempts()).isEqualTo(1);
        assertThat(over.digitsAll()).isEqualTo("7");
        assertThat(over.rtp()).contains("\"sent\"");
        assertThat(over.invited()).isPresent();
        assertThat(over.answered()).isPresent();
        assertThat(trunk.calls())
                .singleElement()
                .satisfies(call -> assertThat(call.callId()).isEqualTo(over.sipCallId()));
        assertThat(bench().types(over.id()))
                .startsWith("call.created", "call.dialing", "call.ringing", "call.answered")
                .containsSubsequence("flow.started", "action.started", "action.started", "flow.ended", "call.ended")
                .contains("dtmf.received")
                .endsWith("call.ended");
    }

    private ServiceException refused(CallPlan plan) {
        var refused = catchThrowableOfType(
                ServiceException.class,
                () -> bench().live.calls().create(ME, List.of(to("2000", plan)), Optional.empty()));
        assertThat(refused).as("%s", plan).isNotNull();
        assertThat(refused.kind()).isEqualTo(ServiceException.Kind.INVALID);
        return refused;
    }

    @Test
    void nobodyIsCalledForWhatCannotBeHeard() throws IOException {
        LiveBench own = open(settings -> settings.withMedia(folder.resolve("media")));
        Path media = Files.createDirectories(folder.resolve("media").resolve(ME));
        Files.write(media.resolve("here.wav"), new byte[100]);

        for (CallPlan unspeakable : List.of(
                new CallPlan.Say("Hallo", "de-DE", ""),
                new CallPlan.Say("Hello", "en-US", "nobody"),
                new CallPlan.Say("<speak>broken", "en-US", ""),
                new CallPlan.Say("<speak>broken ${name}", "en-US", ""))) {
            assertThat(refused(unspeakable).fields())
                    .extracting(ServiceException.Field::field)
                    .containsExactly("say");
        }
        assertThat(refused(new CallPlan.Play(List.of("media:here.wav", "media:gone.wav")))
                        .fields())
                .containsExactly(new ServiceException.Field("play[1]", "there is no file of that name"));
        for (String forbidden : List.of("http://127.0.0.1/x.wav", "https://198.51.100.1:18999/x.wav")) {
            assertThat(refused(new CallPlan.Play(List.of(forbidden))).fields())
                    .extracting(ServiceException.Field::field)
                    .containsExactly("play");
        }
        assertThat(own.store.<Integer>read(
                        tables -> tables.calls().list(ME, LiveBench.ALL).items().size()))
                .isZero();
        assertThatThrownBy(() -> own.live
                        .groupcalls()
                        .create(
                                ME,
                                new NewGroupcall(
                                        List.of(to("2000", new CallPlan.Say("Hallo", "de-DE", ""))),
                                        NewGroupcall.RingMethod.RING_ALL,
                                        NewGroupcall.AnswerMethod.HANGUP_OTHERS,
                                        ""),
                                Optional.empty()))
                .isInstanceOf(ServiceException.class);
        // What a name leads to, and what variables of the engine become, is known only later.
        var unused = own.create(to("2000", new CallPlan.Play(List.of("media:here.wav", "http://host.invalid/x.wav"))));
        var unusedToo = own.create(to("2000", new CallPlan.Say("<speak>${voipbin.call.digits}", "en-US", "")));
    }

    @Test
    void whereTheSettingsLetNobodyBeToldNoCallbackGoes() {
        NewCall wish = to("2000", new CallPlan.Park());
        var callbacks = new Callbacks(
                "http://user:secret@127.0.0.1/hook",
                "POST",
                Duration.ofSeconds(1),
                "https://example.com:8443/hook",
                "native",
                "");
        var told = new NewCall(
                wish.origin(),
                wish.from(),
                wish.to(),
                wish.trunk(),
                wish.plan(),
                wish.ringTimeout(),
                wish.maxDuration(),
                wish.schedule(),
                Optional.of(callbacks),
                wish.tag(),
                wish.metadata(),
                wish.variables(),
                wish.headers(),
                wish.anonymous(),
                wish.record(),
                wish.detectMachine(),
                wish.groupcallId(),
                wish.masterCallId());

        assertThat(catchThrowableOfType(
                                ServiceException.class,
                                () -> bench().live.calls().create(ME, List.of(told), Optional.empty()))
                        .fields())
                .extracting(ServiceException.Field::field)
                .containsExactly("callbacks.url", "callbacks.fallback_url");
    }

    @Test
    void aParkedCallIsControlled() {
        CallService calls = bench().live.calls();
        String id = bench().create(to("2000", new CallPlan.Park())).id();
        bench().await(id, CallStatus.PROGRESSING);

        calls.mute(ME, id, "out", true);
        calls.mute(ME, id, "out", false);
        calls.sendDigits(ME, id, "12", Duration.ofMillis(60), Duration.ofMillis(60));
        LiveBench.await(() -> bench().types(id), types -> types.contains("dtmf.sent"));
        String recording = calls.record(ME, id, new CallService.RecordingWish(Duration.ZERO, "", Duration.ZERO, false));
        String gather = calls.gather(ME, id, new CallService.GatherWish(1, Duration.ofMillis(300), "#", "", "", "pin"));
        assertThatThrownBy(() ->
                        calls.gather(ME, id, new CallService.GatherWish(1, Duration.ofMillis(300), "#", "", "", "")))
                .isInstanceOfSatisfying(
                        ServiceException.class, told -> assertThat(told.code()).isEqualTo("gather_active"));
        LiveBench.await(() -> calls.gather(ME, id, gather), view -> view.state().equals("completed"));
        calls.stopRecording(ME, id);
        LiveBench.await(
                () -> bench().live.recordings().get(ME, recording),
                one -> one.status().equals("ended"));

        CallRecord ending = calls.hangUp(ME, id, "normal");

        assertThat(ending.status()).isIn(CallStatus.TERMINATING, CallStatus.HANGUP);
        CallRecord over = bench().await(id, CallStatus.HANGUP);
        assertThat(over.hangupBy()).isEqualTo("local");
        assertThat(over.recordingIds()).containsExactly(recording);
        assertThat(bench().live.recordings().get(ME, recording).byteLength()).isPositive();
        assertThat(bench().types(id))
                .containsSubsequence(
                        "call.answered",
                        "recording.started",
                        "gather.done",
                        "recording.done",
                        "call.terminating",
                        "call.ended");
        assertThat(trunk.calls().getFirst().media().orElseThrow().digitsReceived())
                .isEqualTo("12");
        assertThatThrownBy(() -> calls.stopMedia(ME, id))
                .isInstanceOfSatisfying(
                        ServiceException.class, told -> assertThat(told.code()).isEqualTo("call_over"));
        assertThat(calls.hangUp(ME, id, "normal").status()).isEqualTo(CallStatus.HANGUP);
    }

    @Test
    void aRecordingThatAFlowBeginsIsToldOfWhileItGoesOn() {
        String id = bench().create(to("2000", new CallPlan.InlineFlow("""
                        [{"type":"recording_start"},{"type":"sleep","option":{"duration":30000}}]"""))).id();

        RecordingRecord going = LiveBench.await(
                        () -> bench().live
                                .recordings()
                                .list(ME, Optional.of(id), new PageQuery(Optional.empty(), 10))
                                .items(),
                        known -> !known.isEmpty())
                .getFirst();
        assertThat(going.status()).isEqualTo("recording");
        assertThat(bench().get(id).recordingIds()).containsExactly(going.id());
        bench().live.calls().hangUp(ME, id, "normal");
        bench().await(id, CallStatus.HANGUP);

        assertThat(bench().live.recordings().get(ME, going.id()).status()).isEqualTo("ended");
        assertThat(bench().types(id))
                .containsOnlyOnce("recording.started")
                .containsSubsequence("recording.started", "recording.done", "call.ended");
    }

    @Test
    void whatIsHeardHasOneBeginningAndOneEnd() {
        CallService calls = bench().live.calls();
        String id = bench().create(to("2000", new CallPlan.Park())).id();
        bench().await(id, CallStatus.PROGRESSING);

        assertThat(calls.stopMedia(ME, id)).isFalse();
        String first = calls.sound(
                ME, id, SoundWish.saying("One.", "en-US", "", 0).tagged("a").readyWithin(Duration.ofSeconds(20)));
        String second = calls.sound(ME, id, SoundWish.saying("Two.", "en-US", "", 0));
        assertThat(calls.stopMedia(ME, id)).isTrue();
        assertThat(calls.stopMedia(ME, id)).isFalse();
        assertThatThrownBy(() -> calls.sound(
                        ME,
                        id,
                        SoundWish.playing(List.of("http://127.0.0.1:1/x.wav"), false)
                                .readyWithin(Duration.ofSeconds(5))))
                .isInstanceOfSatisfying(
                        ServiceException.class, told -> assertThat(told.code()).isEqualTo("media_unavailable"));
        String last = calls.sound(ME, id, SoundWish.saying("Three.", "en-US", "", 0));
        LiveBench.await(
                () -> bench().types(id),
                types -> types.stream().filter("media.started"::equals).count() == 3);
        assertThat(calls.hangUp(ME, id, "normal").id()).isEqualTo(id);
        bench().await(id, CallStatus.HANGUP);

        List<String> told = new ArrayList<>();
        for (var event : calls.events(ME, id)) {
            if (!event.type().startsWith("media.")) continue;
            var data = dev.outdial.server.calls.CallViews.stored(event.data());
            told.add(event.type() + " " + data.path("playback_id").asText() + " "
                    + data.path("tag").asText() + data.path("reason").asText());
        }
        assertThat(told)
                .containsExactly(
                        "media.started " + first + " a",
                        "media.done " + first + " areplaced",
                        "media.started " + second + " ",
                        "media.done " + second + " stopped",
                        "media.started " + last + " ",
                        "media.done " + last + " hung-up");
    }

    @Test
    void aCallThatWaitsForItsTimeIsCanceledInTheQueue() {
        var later =
                new Schedule(Optional.of(Instant.now().plusSeconds(3600)), Optional.empty(), 0, 0, Optional.empty());
        String id = bench().create(to("2000", new CallPlan.Park(), later)).id();

        assertThatThrownBy(() -> bench().live.calls().play(ME, id, List.of("x.wav"), false, 0))
                .isInstanceOfSatisfying(
                        ServiceException.class, told -> assertThat(told.code()).isEqualTo("call_not_answered"));
        CallRecord over = bench().live.calls().hangUp(ME, id, "normal");

        assertThat(over.status()).isEqualTo(CallStatus.HANGUP);
        assertThat(over.outcome()).isEqualTo("canceled");
        assertThat(over.hangupReason()).isEqualTo("cancel");
        assertThat(bench().types(id)).containsExactly("call.created", "call.ended");
        assertThat(trunk.calls()).isEmpty();
    }

    @Test
    void aCallRingsUntilItIsGivenUp() {
        String id = bench().create(to("1003", new CallPlan.Park())).id();
        bench().await(id, CallStatus.RINGING);

        bench().live.calls().hangUp(ME, id, "normal");

        CallRecord over = bench().await(id, CallStatus.HANGUP);
        assertThat(over.hangupReason()).isEqualTo("cancel");
        assertThat(over.cause()).isEqualTo("ORIGINATOR_CANCEL");
        assertThat(bench().types(id))
                .containsExactly("call.created", "call.dialing", "call.ringing", "call.canceling", "call.ended");
    }

    @Test
    void whoIsBusyIsDialledAgainAsTheSameCall() {
        LiveBench own = open(settings -> settings.withRetryWait(Duration.ofMillis(100)));
        var twice = new Schedule(Optional.empty(), Optional.empty(), 0, 1, Optional.empty());
        String id = own.create(to("1002", new CallPlan.Park(), twice)).id();

        CallRecord over = own.await(id, CallStatus.HANGUP);

        assertThat(over.attempts()).isEqualTo(2);
        assertThat(over.outcome()).isEqualTo("busy");
        assertThat(over.hangupReason()).isEqualTo("busy");
        assertThat(over.q850()).hasValue(17);
        assertThat(over.sipCode()).hasValue(486);
        assertThat(trunk.calls()).hasSize(2);
        assertThat(own.types(id))
                .containsExactly("call.created", "call.dialing", "call.updated", "call.dialing", "call.ended");
    }

    @Test
    void aCallIsDialledWhenItsTimeHasComeAndGivenUpWhenItIsPast() {
        var clock = new AtomicReference<>(Instant.parse("2026-03-02T12:00:00Z"));
        LiveBench own = open(settings -> settings.withClock(clock::get));
        Instant start = clock.get();
        var morning = new Schedule.Window(LocalTime.of(9, 0), LocalTime.of(17, 0), Optional.of("Asia/Tokyo"));
        String late = own.create(to(
                        "2002",
                        new CallPlan.Park(),
                        new Schedule(Optional.empty(), Optional.of(morning), 0, 0, Optional.empty())))
                .id();
        String given = own.create(to(
                        "2002",
                        new CallPlan.Park(),
                        new Schedule(
                                Optional.of(start.plusSeconds(7200)),
                                Optional.empty(),
                                0,
                                0,
                                Optional.of(start.plusSeconds(3600)))))
                .id();
        String soon = own.create(to(
                        "2002",
                        new CallPlan.Park(),
                        new Schedule(Optional.of(start.plusSeconds(60)), Optional.empty(), 0, 0, Optional.empty())))
                .id();

        clock.set(start.plusSeconds(60));
        own.await(soon, CallStatus.HANGUP);
        assertThat(own.get(late).status()).isEqualTo(CallStatus.QUEUED);
        assertThat(own.get(given).status()).isEqualTo(CallStatus.QUEUED);

        clock.set(Instant.parse("2026-03-03T00:00:00Z"));
        assertThat(own.await(late, CallStatus.HANGUP).attempts()).isEqualTo(1);
        assertThat(own.await(given, CallStatus.HANGUP).outcome()).isEqualTo("canceled");
        assertThat(own.get(given).attempts()).isZero();
    }

    @Test
    void theSameRequestFortyTimesAtOnceIsOneCall() {
        NewCall call = to("2002", new CallPlan.Park());
        var key = Optional.of(new RequestKey("k1", "body"));
        LiveBench own = bench();
        List<CompletableFuture<CallService.Accepted>> asked = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 40; i++) {
                asked.add(
                        CompletableFuture.supplyAsync(() -> own.live.calls().create(ME, List.of(call), key), threads));
            }
        }

        assertThat(asked.stream().map(one -> one.join().calls().getFirst().id()).distinct())
                .hasSize(1);
        assertThat(asked.stream().filter(one -> !one.join().replay())).hasSize(1);
        own.await(asked.getFirst().join().calls().getFirst().id(), CallStatus.HANGUP);
        assertThat(trunk.calls()).hasSize(1);
        assertThat(trunk.calls().getFirst().glance().stream().filter("> INVITE"::equals))
                .hasSize(1);
        assertThatThrownBy(() -> own.live.calls().create(ME, List.of(call), Optional.of(new RequestKey("k1", "other"))))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        told -> assertThat(told.kind()).isEqualTo(ServiceException.Kind.CONFLICT));
    }

    @Test
    void whatMakesNoSenseIsNotAccepted() {
        assertThatThrownBy(() -> bench().create(to("2000", new CallPlan.InlineFlow("[{\"type\":\"nonsense\"}]"))))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        told -> assertThat(told.fields()).isNotEmpty());
        assertThatThrownBy(() -> bench().create(to("2000", new CallPlan.StoredFlow("none"))))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        told -> assertThat(told.fields())
                                .extracting(ServiceException.Field::field)
                                .containsExactly("flow_id"));
    }

    @Test
    void whoWasTakenForDeadHangsUpWhatWasEndedAsUnknownAndDialsOnUnderAnotherLease() {
        LiveBench own = bench();
        String up = own.create(to("2000", new CallPlan.Park())).id();
        own.await(up, CallStatus.PROGRESSING);

        try (NodeLease other = NodeLease.enter(own.store, Duration.ofSeconds(10), () -> {})) {
            assertThat(other.buryDead()).contains(own.lease.held().node());
            own.lease.renew();

            CallRecord over = own.await(up, CallStatus.HANGUP);
            assertThat(over.outcome()).isEqualTo("unknown");
            LiveBench.await(() -> trunk.calls().getFirst().end(), Optional::isPresent);
            assertThat(trunk.calls().getFirst().end().orElseThrow().kind()).isEqualTo(CallEnd.Kind.CALLER_HUNG_UP);
            assertThat(own.await(own.create(to("2002", new CallPlan.Park())).id(), CallStatus.HANGUP)
                            .outcome())
                    .isEqualTo("completed");
            assertThat(own.types(up)).endsWith("call.ended");
        }
    }

    @Test
    void whatAProcessLeftBehindEndsAsUnknownAndTheQueueIsDialled() {
        LiveBench first = bench();
        var later = new Schedule(Optional.of(Instant.now().plusSeconds(2)), Optional.empty(), 0, 0, Optional.empty());
        String up = first.create(to("2000", new CallPlan.Park())).id();
        String queued = first.create(to("2002", new CallPlan.Park(), later)).id();
        first.await(up, CallStatus.PROGRESSING);
        first.leaveBehind();

        LiveBench second =
                open(settings -> settings.withClock(() -> Instant.now().plusSeconds(10)));

        CallRecord unknown = second.get(up);
        assertThat(unknown.status()).isEqualTo(CallStatus.HANGUP);
        assertThat(unknown.outcome()).isEqualTo("unknown");
        assertThat(unknown.attempts()).isEqualTo(1);
        assertThat(second.types(up)).endsWith("call.ended");
        assertThat(second.await(queued, CallStatus.HANGUP).outcome()).isEqualTo("completed");
        assertThat(trunk.calls().stream().filter(call -> call.number().equals("2000")))
                .hasSize(1);
    }
}
