package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.codec.G711;
import dev.outdial.media.file.AudioFormatException;
import dev.outdial.media.net.RtpPortsExhaustedException;
import dev.outdial.media.rtp.EncodedClip;
import dev.outdial.media.sdp.Negotiation.Agreed;
import dev.outdial.media.sdp.Negotiation.Declined;
import dev.outdial.testbed.prompts.Prompt;
import dev.outdial.testbed.sound.WavFile;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MediaEngineTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    private Path folder;

    private final MediaEngine engine = MediaEngine.open(new MediaConfig(22_000, 22_099, OptionalLong.of(1)));

    @AfterEach
    void closeEngine() {
        engine.close();
        assertThat(engine.portsInUse()).isZero();
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static <E extends MediaEvent> E await(BlockingQueue<MediaEvent> events, Class<E> type) throws Exception {
        while (true) {
            MediaEvent event = events.poll(20, TimeUnit.SECONDS);
            assertThat(event).as("waiting for %s", type.getSimpleName()).isNotNull();
            if (type.isInstance(event)) return type.cast(event);
        }
    }

    static EncodedClip promptOfTwoSeconds(MediaEngine engine, Path folder) throws Exception {
        EncodedClip whole = get(engine.encode(Prompt.WELCOME_MP3.copyTo(folder), AudioCodec.PCMU, 20));
        var codes = java.nio.ByteBuffer.allocate(100 * 160);
        for (int i = 0; i < 100; i++) whole.copyFrame(i, codes);
        return EncodedClip.of(AudioCodec.PCMU, 20, codes.array());
    }

    @Test
    void aClipArrivesWholeAtAnotherEngineAndDigitsAreHeardOnceEach() throws Exception {
        EncodedClip clip = promptOfTwoSeconds(engine, folder);
        Path recording = folder.resolve("heard.wav");
        var callerEvents = new LinkedBlockingQueue<MediaEvent>();
        var calleeEvents = new LinkedBlockingQueue<MediaEvent>();
        try (MediaEngine other = MediaEngine.open(new MediaConfig(22_100, 22_199, OptionalLong.empty()))) {
            MediaSession caller = engine.openSession(LOOPBACK, callerEvents::add);
            MediaSession callee = other.openSession(LOOPBACK, calleeEvents::add);
            callee.record(recording);
            assertThat(callee.answered(caller.offer())).isInstanceOf(Agreed.class);
            assertThat(caller.answered(callee.offer())).isInstanceOf(Agreed.class);
            await(callerEvents, MediaEvent.FirstPacketAfterAnswer.class);

            long playId = caller.play(clip);
            long digitsId = caller.sendDigits("15#");
            assertThat(await(callerEvents, MediaEvent.Played.class))
                    .isEqualTo(new MediaEvent.Played(playId, 2000, true));
            assertThat(await(callerEvents, MediaEvent.DigitsSent.class))
                    .isEqualTo(new MediaEvent.DigitsSent(digitsId, "15#"));
            for (char digit : "15#".toCharArray())
                assertThat(await(calleeEvents, MediaEvent.Digit.class))
                        .isEqualTo(new MediaEvent.Digit(digit, 160, MediaEvent.DigitSource.TELEPHONE_EVENT));

            MediaStatistics sent = get(caller.finish());
            await(calleeEvents, MediaEvent.RemoteBye.class);
            MediaStatistics received = get(callee.finish());
            assertThat(received.received().packets()).isEqualTo(sent.sent().packets());
            assertThat(received.received().lost()
                            + received.received().duplicated()
                            + received.received().outOfOrder()
                            + received.received().discarded())
                    .isZero();
            assertThat(calleeEvents).noneMatch(event -> event instanceof MediaEvent.Digit);
            assertThat(other.portsInUse()).isZero();
            assertThat(engine.lateness().count()).isEqualTo(sent.sent().packets());
        }
        assertHeardWhole(clip, WavFile.read(recording));
    }

    /** Somewhere in the recording is the clip, sample for sample. */
    static void assertHeardWhole(EncodedClip clip, short[] heard) {
        var codes = java.nio.ByteBuffer.allocate(clip.frameCount() * 160);
        for (int i = 0; i < clip.frameCount(); i++) clip.copyFrame(i, codes);
        int first = 0;
        while (codes.get(first) == (byte) 0xFF || codes.get(first) == (byte) 0x7F) first++;
        int start = 0;
        while (heard[start] == 0) start++;
        for (int i = first; i < codes.capacity(); i++)
            assertThat(heard[start - first + i]).as("sample %d", i).isEqualTo(G711.fromMuLaw(codes.get(i)));
    }

    @Test
    void strangersAreNotHeardAndNotAnswered() throws Exception {
        var events = new LinkedBlockingQueue<MediaEvent>();
        MediaSession left = engine.openSession(LOOPBACK, event -> {});
        MediaSession right = engine.openSession(LOOPBACK, events::add);
        left.answered(right.offer());
        right.answered(left.offer());
        await(events, MediaEvent.FirstPacketAfterAnswer.class);
        byte[] forged = new byte[16];
        forged[0] = (byte) 0x80;
        forged[1] = 101;
        forged[13] = (byte) 0x8A;
        try (var socket = new DatagramSocket()) {
            for (int i = 0; i < 20; i++) socket.send(new DatagramPacket(forged, forged.length, right.localRtp()));
        }
        // What is sent afterwards arrives afterwards.
        left.sendDigits("7");
        assertThat(await(events, MediaEvent.Digit.class).digit()).isEqualTo('7');
        assertThat(get(right.finish()).received().strangers()).isEqualTo(20);
    }

    @Test
    void aContentIsEncodedOnceForAllWhoAsk() throws Exception {
        Path one = Prompt.WELCOME_OGG.copyTo(folder);
        Path other = Files.copy(one, folder.resolve("same.mp3"));
        var first = engine.encode(one, AudioCodec.PCMA, 20);
        var second = engine.encode(other, AudioCodec.PCMA, 20);
        assertThat(get(first)).isSameAs(get(second)).isSameAs(get(engine.encode(one, AudioCodec.PCMA, 20)));
        assertThat(get(first).millis()).isCloseTo(10_028, within(2L));
        assertThat(get(engine.encode(one, AudioCodec.PCMU, 20))).isNotSameAs(get(first));
    }

    @Test
    void afterAFileIsReplacedTheNewSoundIsPlayed() throws Exception {
        Path file = Prompt.WELCOME_WAV.copyTo(folder);
        EncodedClip before = get(engine.encode(file, AudioCodec.PCMU, 20));
        WavFile.write(file, Prompt.WELCOME_MP3.reference());
        assertThat(get(engine.encode(file, AudioCodec.PCMU, 20))).isNotSameAs(before);
    }

    @Test
    void filesThatCannotBePlayedFailByTheirKind() throws Exception {
        Path text = Files.writeString(folder.resolve("letter.mp3"), "Dear Sir or Madam,");
        assertThatThrownBy(() -> get(engine.encode(text, AudioCodec.PCMU, 20)))
                .hasCauseInstanceOf(AudioFormatException.class)
                .hasMessageContaining("letter.mp3: no MPEG layer III frame found");
        assertThatThrownBy(() -> get(engine.encode(folder.resolve("none.mp3"), AudioCodec.PCMU, 20)))
                .hasCauseInstanceOf(NoSuchFileException.class);
        // What failed is not remembered.
        Files.write(text, Prompt.WELCOME_MP3.bytes());
        assertThat(get(engine.encode(text, AudioCodec.PCMU, 20)).millis()).isCloseTo(10_028, within(2L));
    }

    @Test
    void portsComeBackOnEveryPathAndTheirEndIsSaid() throws Exception {
        try (MediaEngine small = MediaEngine.open(new MediaConfig(22_200, 22_205, OptionalLong.empty()))) {
            for (int round = 0; round < 50; round++) {
                var sessions = new ArrayList<MediaSession>();
                for (int i = 0; i < 3; i++) sessions.add(small.openSession(LOOPBACK, event -> {}));
                assertThatThrownBy(() -> small.openSession(LOOPBACK, event -> {}))
                        .isInstanceOf(RtpPortsExhaustedException.class);
                assertThat(sessions.get(0).answered("nonsense".getBytes(StandardCharsets.US_ASCII)))
                        .isInstanceOf(Declined.class);
                sessions.get(1).answered(sessions.get(2).offer());
                sessions.get(2).record(folder.resolve("missing/folder.wav"));
                for (MediaSession session : sessions) {
                    session.close();
                    get(session.finish());
                }
                assertThat(small.portsInUse()).isZero();
            }
        }
    }

    @Test
    void aRecordingThatCannotBeWrittenIsSaidAndTheCallGoesOn() throws Exception {
        var events = new LinkedBlockingQueue<MediaEvent>();
        MediaSession session = engine.openSession(LOOPBACK, events::add);
        session.record(folder.resolve("missing/folder.wav"));
        assertThat(await(events, MediaEvent.RecordingFailed.class).why()).contains("folder.wav");
        session.answered(session.offer());
        await(events, MediaEvent.FirstPacketAfterAnswer.class);
    }

    @Test
    void playingNeedsAnAnswerAndTheAgreedFormat() throws Exception {
        MediaSession session = engine.openSession(LOOPBACK, event -> {});
        EncodedClip clip = EncodedClip.of(AudioCodec.PCMA, 20, new byte[160]);
        assertThatThrownBy(() -> session.play(clip)).isInstanceOf(IllegalStateException.class);
        session.answered(session.offer());
        assertThatThrownBy(() -> session.play(clip))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("clip of PCMA in packets of 20 ms, agreed was PCMU in 20 ms");
        assertThatThrownBy(() -> session.sendDigits("12x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aKeyThatArrivedJustBeforeTheEndIsHeardBeforeTheEndIsTold() throws Exception {
        var events = new LinkedBlockingQueue<MediaEvent>();
        var held = new CountDownLatch(1);
        try (var far = new DatagramSocket(0, LOOPBACK)) {
            MediaSession session = engine.openSession(LOOPBACK, event -> {
                events.add(event);
                if (event instanceof MediaEvent.RecordingFailed) awaitUninterruptibly(held);
            });
            session.answered(answer("127.0.0.1", far.getLocalPort(), ""));
            session.record(folder.resolve("missing/folder.wav"));
            await(events, MediaEvent.RecordingFailed.class);
            // While the loop stands still, a key goes down and the call ends.
            for (int i = 0; i < 2; i++) {
                byte[] key = {(byte) 0x80, 101, 0, (byte) i, 0, 0, 0, 0, 0, 0, 0, 1, 5, 10, (byte) i, 0x40};
                far.send(new DatagramPacket(key, key.length, session.localRtp()));
            }
            CompletionStage<MediaStatistics> end = session.finish();
            held.countDown();
            assertThat(get(end).received().packets()).isEqualTo(2);
            assertThat(events).contains(new MediaEvent.Digit('5', 40, MediaEvent.DigitSource.TELEPHONE_EVENT));
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] answer(String address, int port, String more) {
        return ("v=0\r\nc=IN IP4 " + address + "\r\nm=audio " + port + " RTP/AVP 0\r\n" + more)
                .getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a=rtcp:%d IN IP4 127.0.0.1\r\n"})
    void onHoldWithoutAnAddressNothingIsSentNotEvenRtcp(String rtcp) throws Exception {
        try (var far = new DatagramSocket(0, LOOPBACK)) {
            MediaSession session = engine.openSession(LOOPBACK, event -> {});
            // Linux takes 0.0.0.0 for this machine: what is sent there arrives.
            session.answered(answer("0.0.0.0", far.getLocalPort() - 1, rtcp.formatted(far.getLocalPort())));
            MediaStatistics end = get(session.finish());
            assertThat(end.sent().packets() + end.sent().unsent()).isZero();
            try (var afterwards = new DatagramSocket(0, LOOPBACK)) {
                afterwards.send(new DatagramPacket(new byte[] {1}, 1, far.getLocalSocketAddress()));
            }
            var first = new DatagramPacket(new byte[512], 512);
            far.receive(first);
            assertThat(first.getLength()).isEqualTo(1);
        }
    }

    @Test
    void whatWasAgreedEarlyIsNotActedOnBeforeItIsAgreedTo() throws Exception {
        var events = new LinkedBlockingQueue<MediaEvent>();
        MediaSession session = engine.openSession(LOOPBACK, events::add);
        assertThat(session.early("leg", session.offer())).isInstanceOf(Agreed.class);
        EncodedClip clip = EncodedClip.of(AudioCodec.PCMU, 20, new byte[160]);
        assertThatThrownBy(() -> session.play(clip)).isInstanceOf(IllegalStateException.class);
        assertThat(session.answered("leg", Optional.empty())).isInstanceOf(Agreed.class);
        session.play(clip);
        assertThat(await(events, MediaEvent.Played.class).whole()).isTrue();
    }

    @Test
    void callsOverIpv6AndIpv4GoOnSideBySideBothWays() throws Exception {
        InetAddress six = InetAddress.getAllByName("::1")[0];
        assumeThat(NetworkInterface.getByInetAddress(six)).isNotNull();
        var digits = new LinkedBlockingQueue<MediaEvent>();
        var sessions = new ArrayList<MediaSession>();
        for (InetAddress local : List.of(six, LOOPBACK, six, LOOPBACK))
            sessions.add(engine.openSession(local, event -> {
                if (event instanceof MediaEvent.Digit) digits.add(event);
            }));
        for (int i = 0; i < 4; i++)
            assertThat(sessions.get(i).answered(sessions.get((i + 2) % 4).offer()))
                    .isInstanceOf(Agreed.class);
        for (int i = 0; i < 4; i++) sessions.get(i).sendDigits("" + i);
        var heard = new ArrayList<Character>();
        for (int i = 0; i < 4; i++)
            heard.add(await(digits, MediaEvent.Digit.class).digit());
        assertThat(heard).containsExactlyInAnyOrder('0', '1', '2', '3');
        for (MediaSession session : sessions) {
            MediaStatistics end = get(session.finish());
            assertThat(end.sent().packets()).isPositive();
            assertThat(end.sent().unsent() + end.received().lost()).isZero();
        }
    }

    @Test
    void sessionsAreSharedOutOverTheLoops() throws Exception {
        var threads = new LinkedBlockingQueue<String>();
        try (MediaEngine two =
                MediaEngine.open(MediaConfig.of(22_800, 22_819).withSeed(1).withLoops(2))) {
            var sessions = new ArrayList<MediaSession>();
            for (int i = 0; i < 4; i++)
                sessions.add(two.openSession(LOOPBACK, event -> {
                    if (event instanceof MediaEvent.FirstPacket)
                        threads.add(Thread.currentThread().getName());
                }));
            for (MediaSession session : sessions) session.answered(session.offer());
            var used = new ArrayList<String>();
            for (int i = 0; i < 4; i++) used.add(threads.poll(20, TimeUnit.SECONDS));
            assertThat(used)
                    .containsExactlyInAnyOrder("outdial-media", "outdial-media", "outdial-media-2", "outdial-media-2");
            long sent = 0;
            for (MediaSession session : sessions)
                sent += get(session.finish()).sent().packets();
            assertThat(two.lateness().count()).isEqualTo(sent);
        }
    }

    @Test
    void theAgreedPacketLengthIsSent() throws Exception {
        var events = new LinkedBlockingQueue<MediaEvent>();
        MediaSession session = engine.openSession(LOOPBACK, events::add);
        String answer = new String(session.offer(), StandardCharsets.US_ASCII).replace("ptime:20", "ptime:30");
        session.answered(answer.replace("AVP 0 8", "AVP 8 0").getBytes(StandardCharsets.US_ASCII));
        await(events, MediaEvent.FirstPacketAfterAnswer.class);
        EncodedClip clip = get(engine.encode(Prompt.WELCOME_WAV.copyTo(folder), AudioCodec.PCMA, 30));
        session.play(clip);
        session.sendDigits("5");
        session.stopPlaying();
        assertThat(await(events, MediaEvent.Played.class).whole()).isFalse();
        assertThat(await(events, MediaEvent.Digit.class))
                .isEqualTo(new MediaEvent.Digit('5', 180, MediaEvent.DigitSource.TELEPHONE_EVENT));
    }

    @Test
    void closingTheEngineEndsItsSessions() throws Exception {
        var events = new LinkedBlockingQueue<MediaEvent>();
        MediaEngine engineOfThisTest = MediaEngine.open(new MediaConfig(22_300, 22_399, OptionalLong.empty()));
        MediaSession session = engineOfThisTest.openSession(LOOPBACK, events::add);
        session.answered(session.offer());
        long id = session.play(EncodedClip.of(AudioCodec.PCMU, 20, new byte[80_000]));
        engineOfThisTest.close();
        MediaEvent.Played played = await(events, MediaEvent.Played.class);
        assertThat(played.playId()).isEqualTo(id);
        assertThat(played.whole()).isFalse();
        assertThat(engineOfThisTest.portsInUse()).isZero();
        assertThatThrownBy(() -> engineOfThisTest.openSession(LOOPBACK, event -> {}))
                .isInstanceOf(IllegalStateException.class);
    }
}
