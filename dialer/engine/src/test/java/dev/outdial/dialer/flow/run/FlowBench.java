package dev.outdial.dialer.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.json.FlowReader;
import dev.outdial.dialer.flow.machine.FlowHappening;
import dev.outdial.dialer.flow.machine.FlowLimits;
import dev.outdial.dialer.sound.FetchOptions;
import dev.outdial.dialer.sound.SoundOptions;
import dev.outdial.dialer.sound.SpeechEngine;
import dev.outdial.dialer.sound.SpeechOptions;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import dev.outdial.testbed.trunk.TrunkCall;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Flows in calls over a trunk on loopback. What they say is spoken in tones, 720 ms for each text, so that it can be told what the far end
 * heard. Tests beside one another may share it.
 */
final class FlowBench implements AutoCloseable {
    static final String TRUNK = "carrier";
    static final Duration SOON = Duration.ofSeconds(30);

    /** How long any text is. */
    static final long PHRASE_MILLIS = 720;

    final LoopbackTrunk trunk;
    final Dialer dialer;
    final FlowRunner runner;
    final Map<String, Flow> stored = new ConcurrentHashMap<>();
    final List<String> optedOut = new CopyOnWriteArrayList<>();
    final Path recordings;
    private final int port;

    FlowBench(Path folder, DialPlan plan, Trunk... more) throws IOException {
        trunk = LoopbackTrunk.builder().dialPlan(plan).start();
        recordings = Files.createDirectories(folder.resolve("recordings"));
        Path media = Files.createDirectories(folder.resolve("media"));
        var speech = new SpeechOptions(
                List.of(new SpeechEngine.Provided("tones")),
                Optional.of(Files.createDirectories(folder.resolve("speech"))));
        FetchOptions http = FetchOptions.DEFAULT.fromAnywhere();
        port = freePort();
        List<Trunk> trunks = new ArrayList<>(List.of(more));
        trunks.add(Trunk.of(TRUNK, "sip:alice@127.0.0.1:" + trunk.port()).withoutRegistration());
        dialer = Dialer.start(DialerConfig.of(trunks.toArray(Trunk[]::new))
                .on("127.0.0.1", port)
                .withSound(SoundOptions.DEFAULT.withFetch(http).withSpeech(speech)));
        runner = new FlowRunner(
                dialer,
                new FlowSettings(
                        () -> List.of(TRUNK),
                        id -> Optional.ofNullable(stored.get(id)),
                        optedOut::add,
                        Optional.of(media),
                        recordings,
                        http,
                        FlowLimits.STANDARD));
    }

    private static int freePort() throws IOException {
        try (var free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** Where the dialer takes calls. */
    int port() {
        return port;
    }

    /** The callee's own notes of every call to that number, in order. */
    List<TrunkCall> callsTo(String number) {
        return trunk.calls().stream()
                .filter(call -> call.number().equals(number))
                .toList();
    }

    /** The one call to that number, when it is over. */
    TrunkCall onlyCallTo(String number) {
        List<TrunkCall> calls = callsTo(number);
        assertThat(calls).as("calls to " + number).hasSize(1);
        return trunk.awaitEnd(calls.getFirst().callId(), SOON).orElseThrow();
    }

    static DialRequest to(String number) {
        return DialRequest.over(TRUNK, number).ringingFor(Duration.ofSeconds(20));
    }

    /** Runs the flow of that JSON with who has that number. */
    Run dial(String number, String json) {
        return dial(to(number), json);
    }

    Run dial(DialRequest request, String json) {
        return dial(request, FlowReader.read(json), json);
    }

    private Run dial(DialRequest request, Flow flow, String json) {
        BlockingQueue<FlowHappening> told = new LinkedBlockingQueue<>();
        List<FlowHappening> all = new CopyOnWriteArrayList<>();
        Map<String, Long> begun = new ConcurrentHashMap<>();
        Consumer<FlowHappening> listener = happening -> {
            all.add(happening);
            if (happening instanceof FlowHappening.StepStarted step) begun.putIfAbsent(step.type(), System.nanoTime());
            told.add(happening);
        };
        return new Run(this, runner.dial(request, flow, listener), json, told, all, begun);
    }

    /**
     * One flow in one call.
     *
     * @param json where the texts stand that are looked for
     * @param told what is waited for
     * @param all what has happened so far
     * @param begun when the first step of each type began, in nanoseconds
     */
    record Run(
            FlowBench bench,
            FlowCall flowCall,
            String json,
            BlockingQueue<FlowHappening> told,
            List<FlowHappening> all,
            Map<String, Long> begun) {
        /** Waits until such a thing happens, from the last thing on that was waited for. */
        <H extends FlowHappening> H await(Class<H> kind) throws InterruptedException {
            while (true) {
                FlowHappening next = told.poll(SOON.toSeconds(), TimeUnit.SECONDS);
                assertThat(next).as(kind.getSimpleName() + " after " + all).isNotNull();
                if (kind.isInstance(next)) return kind.cast(next);
            }
        }

        /** Waits until a step of that type begins. */
        void awaitStep(String type) throws InterruptedException {
            while (!await(FlowHappening.StepStarted.class).type().equals(type)) {
                // another one
            }
        }

        /** How long it took from the first step of one type to the first of another. */
        long millisBetween(String type, String other) {
            return (begun.getOrDefault(other, 0L) - begun.getOrDefault(type, 0L)) / 1_000_000;
        }

        /** How the run ended, when it has. */
        FlowHappening.Ended ended() throws InterruptedException {
            return all.stream()
                    .filter(FlowHappening.Ended.class::isInstance)
                    .map(FlowHappening.Ended.class::cast)
                    .findFirst()
                    .orElseGet(() -> {
                        try {
                            return await(FlowHappening.Ended.class);
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                    });
        }

        /** What the callee heard and saw, when the call is over. */
        CalleeNotes notes() throws InterruptedException {
            String id = flowCall.call().id();
            return CalleeNotes.of(bench.trunk.awaitEnd(id, SOON).orElseThrow(() -> new AssertionError(all)), json);
        }
    }

    @Override
    public void close() {
        dialer.close();
        trunk.close();
    }
}
