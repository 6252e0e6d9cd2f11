package dev.outdial.dialer.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.digits.DigitSource;
import dev.outdial.dialer.digits.Digits;
import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.gather.Gather;
import dev.outdial.dialer.gather.GatherEnd;
import dev.outdial.dialer.gather.GatherRequest;
import dev.outdial.dialer.gather.GatherState;
import dev.outdial.dialer.gather.Gathered;
import dev.outdial.media.MediaConfig;
import dev.outdial.media.MediaEngine;
import dev.outdial.media.MediaEvent;
import dev.outdial.media.MediaSession;
import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.net.RtpPortsExhaustedException;
import dev.outdial.media.sdp.Answering;
import dev.outdial.media.sdp.Direction;
import dev.outdial.media.sdp.Negotiation;
import dev.outdial.sip.message.MessageBody;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys of one call, whichever way they come and go. The media are real, the time is not. */
@Timeout(20)
class LegMediaTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final long MILLIS = 1_000_000;

    private final MediaEngine engine =
            MediaEngine.open(MediaConfig.of(23_900, 23_919).withSeed(1));
    private final List<CallEvent> events = new ArrayList<>();
    private final List<String> informed = new ArrayList<>();
    private final LegMedia media;

    private MediaSession session() {
        try {
            return engine.openSession(LOOPBACK, event -> {});
        } catch (RtpPortsExhaustedException e) {
            throw new AssertionError(e);
        }
    }

    LegMediaTest() {
        MediaSession ours = session();
        MediaSession farEnd = session();
        media = new LegMedia("call", ours, events::add);
        media.keysBy(body -> informed.add(body.text()));
        assertThat(farEnd.answer(ours.offer(), Direction.SENDRECV)).isInstanceOf(Answering.Answered.class);
        assertThat(media.answered("", Optional.of(new MessageBody("application/sdp", farEnd.offer())), 0))
                .isInstanceOf(Negotiation.Agreed.class);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static MessageBody relay(String text) {
        return MessageBody.ofText("application/dtmf-relay", text);
    }

    private String pressed() {
        var keys = new StringBuilder();
        for (CallEvent event : events) {
            if (event instanceof CallEvent.DigitPressed digit) keys.append(digit.digit());
        }
        return keys.toString();
    }

    @Test
    void aKeyByInfoIsToldAndCollectedLikeAnyOther() {
        var collected = new CompletableFuture<String>();
        media.informed(relay("Signal=5\r\nDuration=100\r\n"), 100 * MILLIS);
        media.conversation().orElseThrow().collect(Digits.digits(2), collected, 200 * MILLIS);
        media.informed(MessageBody.ofText("application/dtmf", "#"), 900 * MILLIS);

        assertThat(events)
                .containsExactly(
                        new CallEvent.DigitPressed('5', 100, DigitSource.INFO),
                        new CallEvent.DigitPressed('#', 160, DigitSource.INFO));
        assertThat(collected).isCompletedWithValue("5#");
    }

    @Test
    void theSameKeyByInfoAndAsTelephoneEventIsOnePress() {
        media.heard(new MediaEvent.Digit('5', 100, MediaEvent.DigitSource.TELEPHONE_EVENT), true, 1_000 * MILLIS);
        media.informed(relay("Signal=5\r\nDuration=100\r\n"), 1_040 * MILLIS);
        media.heard(new MediaEvent.Digit('6', 100, MediaEvent.DigitSource.TELEPHONE_EVENT), true, 1_200 * MILLIS);

        assertThat(pressed()).isEqualTo("56");
    }

    @Test
    void whatIsNoKeyAndWhatComesAfterTheEndIsNothing() {
        media.informed(relay("Signal=x"), 0);
        media.informed(MessageBody.ofText("text/plain", "5"), 0);
        media.over();
        media.informed(relay("Signal=5"), 0);

        assertThat(events).isEmpty();
    }

    @Test
    void keysThatWePressByInfoGoOutOneAfterTheOther() {
        Conversation talk = media.conversation().orElseThrow();
        var sent = new CompletableFuture<MediaEvent.DigitsSent>();

        talk.sendDigits("1#", 160, 80, sent, 1_000 * MILLIS);
        assertThat(informed).containsExactly("Signal=1\r\nDuration=160\r\n");
        assertThat(talk.nextDeadlineNanos()).hasValue(1_240 * MILLIS);
        talk.tick(1_239 * MILLIS);
        assertThat(informed).hasSize(1);
        talk.tick(1_240 * MILLIS);
        assertThat(informed).hasSize(2).last().isEqualTo("Signal=#\r\nDuration=160\r\n");
        assertThat(sent).isNotDone();
        talk.tick(1_480 * MILLIS);

        assertThat(sent.join().sent()).isEqualTo("1#");
        assertThat(talk.nextDeadlineNanos()).isEmpty();
    }

    @Test
    void keysByInfoWaitForWhatPlays() throws Exception {
        Conversation talk = media.conversation().orElseThrow();
        Path tone = Files.createTempFile("tone", ".wav");
        Files.write(tone, wav());
        var played = new CompletableFuture<MediaEvent.Played>();
        var sent = new CompletableFuture<MediaEvent.DigitsSent>();
        talk.play(engine.encode(tone, AudioCodec.PCMU, 20).toCompletableFuture().join(), 1, 0, played);
        talk.sendDigits(",1", 160, 80, sent, 0);
        talk.farEndHeard(0);
        talk.tick(900 * MILLIS);
        assertThat(informed).isEmpty();

        talk.played(new MediaEvent.Played(1, 100, true), 1_000 * MILLIS);
        assertThat(informed).isEmpty();
        talk.tick(1_500 * MILLIS);

        assertThat(informed).containsExactly("Signal=1\r\nDuration=160\r\n");
        assertThat(played).isCompleted();
        Files.delete(tone);
    }

    @Test
    void aGatheringWhosePromptWaitsForTheFarEndIsBargedIntoAndToldAsAny() throws Exception {
        Conversation talk = media.conversation().orElseThrow();
        Path tone = Files.createTempFile("tone", ".wav");
        Files.write(tone, wav());
        var order = new PlayOrder(
                engine.encode(tone, AudioCodec.PCMU, 20).toCompletableFuture().join(), 1, 0, "tone");
        var told = new ArrayList<Gathered>();
        var begun = new CompletableFuture<Gather>();
        var gathering = new Gathering(
                GatherRequest.digits(2),
                true,
                Gathering.Waiting::plainly,
                unwanted -> talk.cancel(unwanted, 0),
                told::add);
        talk.gather(gathering, List.of(order, order), begun, 0);
        assertThat(begun).isCompletedWithValue(gathering);
        assertThat(gathering.state()).isEqualTo(GatherState.PROMPTING);

        media.informed(relay("Signal=5\r\nDuration=100\r\n"), 100 * MILLIS);
        assertThat(gathering.state()).isEqualTo(GatherState.COLLECTING);
        assertThat(talk.nextDeadlineNanos()).hasValue(5_100 * MILLIS);
        media.over();

        assertThat(told).containsExactly(new Gathered("5", GatherEnd.HUNG_UP, Optional.empty()));
        Files.delete(tone);
    }

    /** A tenth of a second of silence: 8 kHz, 8 bit. */
    private static byte[] wav() {
        byte[] head =
                ("RIFF\u0044\3\0\0WAVEfmt \u0010\0\0\0\1\0\1\0\u0040\u001f\0\0\u0040\u001f\0\0\1\0\u0008\0data\u0020\3\0\0")
                        .getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = Arrays.copyOf(head, head.length + 800);
        Arrays.fill(all, head.length, all.length, (byte) 0x80);
        return all;
    }
}
