package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.rtp.EncodedClip;
import dev.outdial.testbed.sound.WavFile;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that go from loop to loop while they do all that sessions do. */
@Timeout(60)
class GatherTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final List<String> LOOPS = List.of("outdial-media", "outdial-media-2");

    @TempDir
    private Path folder;

    private final MediaEngine engine =
            MediaEngine.open(MediaConfig.of(22_860, 22_879).withSeed(5).withLoops(2));
    private final BlockingQueue<MediaEvent> callerEvents = new LinkedBlockingQueue<>();
    private final BlockingQueue<MediaEvent> calleeEvents = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> heardOn = new LinkedBlockingQueue<>();

    @AfterEach
    void closeEngine() {
        engine.close();
        assertThat(engine.portsInUse()).isZero();
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private void listen(MediaSession session) {
        session.listen(
                (samples, count, now) -> heardOn.add(Thread.currentThread().getName()));
    }

    /** Waits until a session that is listened to is ticked by this loop. */
    private void awaitTickOn(String loop) throws Exception {
        heardOn.clear();
        String heard;
        do {
            heard = heardOn.poll(10, TimeUnit.SECONDS);
            assertThat(heard).as("a tick on %s", loop).isNotNull();
        } while (!loop.equals(heard));
    }

    @Test
    @Tag("slow")
    void aCallThatIsHandedToAndFroLosesNothing() throws Exception {
        List<MediaSession> anchors =
                List.of(engine.openSession(LOOPBACK, event -> {}), engine.openSession(LOOPBACK, event -> {}));
        EncodedClip clip = MediaEngineTest.promptOfTwoSeconds(engine, folder);
        EncodedClip blip = EncodedClip.of(AudioCodec.PCMU, 20, new byte[160]);
        Path recording = folder.resolve("heard.wav");
        MediaSession caller = engine.openSession(LOOPBACK, callerEvents::add);
        MediaSession callee = engine.openSession(LOOPBACK, calleeEvents::add);
        callee.record(recording);
        listen(callee);
        callee.answered(caller.offer());
        caller.answered(callee.offer());
        caller.play(clip);
        caller.sendDigits("15#159");
        var asked = new ArrayList<Long>();
        int rounds = 0;
        while (callerEvents.stream().noneMatch(event -> event instanceof MediaEvent.DigitsSent)) {
            int to = rounds++ % 2;
            // One before every second hand-over, and one right after the others.
            if (to == 0) asked.add(callee.play(blip));
            engine.gather(anchors.get(to), caller, callee);
            if (to == 1) asked.add(callee.play(blip));
            awaitTickOn(LOOPS.get(to));
        }
        assertThat(rounds).isGreaterThan(20);
        // Let what was asked for last be played out.
        callee.sendDigits("0");
        while (callerEvents.stream().noneMatch(event -> event instanceof MediaEvent.Digit))
            awaitTickOn(LOOPS.get((rounds + 1) % 2));

        MediaStatistics sent = get(caller.finish());
        MediaStatistics received = get(callee.finish());
        assertThat(received.received().packets()).isEqualTo(sent.sent().packets());
        assertThat(received.received().lost()
                        + received.received().duplicated()
                        + received.received().outOfOrder()
                        + received.received().discarded())
                .isZero();
        assertThat(sent.received().lost() + sent.received().duplicated()).isZero();
        var played = new ArrayList<Long>();
        var digits = new StringBuilder();
        for (MediaEvent event : calleeEvents) {
            if (event instanceof MediaEvent.Played each && each.whole()) played.add(each.playId());
            if (event instanceof MediaEvent.Digit each) digits.append(each.digit());
        }
        assertThat(played).isEqualTo(asked);
        assertThat(digits.toString()).isEqualTo("15#159");
        MediaEngineTest.assertHeardWhole(clip, WavFile.read(recording));
    }

    @Test
    void sessionsThatGatherInACircleEndOnOneLoop() throws Exception {
        MediaSession one = engine.openSession(LOOPBACK, event -> {});
        MediaSession two = engine.openSession(LOOPBACK, event -> {});
        assertThat(one.loop()).isNotEqualTo(two.loop());
        engine.gather(one, two);
        engine.gather(two, one);
        assertThat(one.loop()).isEqualTo(two.loop());
        listen(two);
        awaitTickOn("outdial-media");
    }

    @Test
    void aSessionOfAnotherEngineIsRefusedAndNoneMoves() throws Exception {
        try (MediaEngine other = MediaEngine.open(MediaConfig.of(22_880, 22_883))) {
            MediaSession stranger = other.openSession(LOOPBACK, event -> {});
            MediaSession one = engine.openSession(LOOPBACK, event -> {});
            MediaSession two = engine.openSession(LOOPBACK, event -> {});
            assertThatThrownBy(() -> engine.gather(one, two, stranger)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> engine.gather(stranger, two)).isInstanceOf(IllegalArgumentException.class);
            assertThat(two.loop()).isNotEqualTo(one.loop());
        }
    }

    @Test
    void aSessionThatHasEndedMayBeGathered() throws Exception {
        MediaSession one = engine.openSession(LOOPBACK, event -> {});
        MediaSession two = engine.openSession(LOOPBACK, event -> {});
        get(two.finish());
        engine.gather(one, two);
        engine.gather(two, one);
        listen(one);
        assertThat(heardOn.poll(10, TimeUnit.SECONDS)).isNotNull();
    }
}
