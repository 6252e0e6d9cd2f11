package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.media.amd.DecidedBy;
import dev.outdial.media.amd.GreetingEnd;
import dev.outdial.media.amd.MachineRules;
import dev.outdial.media.amd.MachineVerdict;
import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.rtp.EncodedClip;
import dev.outdial.testbed.prompts.Prompt;
import dev.outdial.testbed.sound.Tones;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sessions that hear themselves speak. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MachineListeningTest {
    private static final int SECOND = 8000;

    @Test
    @Tag("slow")
    void aSessionTellsWhoAnsweredAndWhenTheMachineHasBeeped() throws Exception {
        var words = Prompt.WELCOME_WAV.reference();
        short[] person = Arrays.copyOfRange(words, 0, SECOND * 7 / 10);
        short[] machine = joined(
                Arrays.copyOfRange(words, 0, 4 * SECOND), new short[SECOND / 2], new Tones(0.3, 1000).samples(400));
        try (MediaEngine engine = MediaEngine.open(new MediaConfig(22_600, 22_639, OptionalLong.of(1)))) {
            BlockingQueue<MediaEvent> ofPerson = played(engine, person);
            BlockingQueue<MediaEvent> ofMachine = played(engine, machine);

            MediaEvent.MachineDetected one = await(ofPerson, MediaEvent.MachineDetected.class);
            assertThat(one.verdict()).as(one.toString()).isEqualTo(MachineVerdict.HUMAN);
            MediaEvent.MachineDetected other = await(ofMachine, MediaEvent.MachineDetected.class);
            assertThat(other.verdict()).as(other.toString()).isEqualTo(MachineVerdict.MACHINE);
            assertThat(other.evidence().decidedBy()).isIn(DecidedBy.LONG_GREETING, DecidedBy.BEEP);
            MediaEvent.GreetingEnded end = await(ofMachine, MediaEvent.GreetingEnded.class);
            assertThat(end.how()).isEqualTo(GreetingEnd.BEEP);
            assertThat(end.beepMillis()).isBetween(340L, 460L);
        }
    }

    @Test
    void aSearchThatBreaksDownIsNotSureAndSaysSo() {
        var events = new ArrayList<MediaEvent>();
        var over = new ArrayList<SoundListener>();
        var listening = new MachineListening(MachineRules.DEFAULT, true, events::add, over::add);
        listening.hear(new short[160], 160, 0);
        // Fewer samples than are said to be there.
        assertThatThrownBy(() -> listening.hear(new short[10], 160, 20_000_000))
                .isInstanceOf(IndexOutOfBoundsException.class);

        assertThat(events).singleElement().isInstanceOfSatisfying(MediaEvent.MachineDetected.class, told -> {
            assertThat(told.verdict()).isEqualTo(MachineVerdict.NOT_SURE);
            assertThat(told.evidence().decidedBy()).isEqualTo(DecidedBy.FAULT);
            assertThat(told.evidence().decidedAtMillis()).isEqualTo(20);
            assertThat(told.evidence().beforeAnswer()).isTrue();
        });
    }

    private static BlockingQueue<MediaEvent> played(MediaEngine engine, short[] sound) throws Exception {
        var events = new LinkedBlockingQueue<MediaEvent>();
        MediaSession session = engine.openSession(InetAddress.getLoopbackAddress(), events::add);
        session.answered(session.offer());
        session.detectMachine(MachineRules.DEFAULT, false);
        var codes = ByteBuffer.allocate(sound.length);
        AudioCodec.PCMU.encode(sound, 0, sound.length, codes);
        session.play(EncodedClip.of(AudioCodec.PCMU, 20, codes.array()));
        return events;
    }

    private static short[] joined(short[]... pieces) {
        int[] all = Arrays.stream(pieces)
                .flatMapToInt(piece -> IntStream.range(0, piece.length).map(i -> piece[i]))
                .toArray();
        var samples = new short[all.length];
        for (int i = 0; i < all.length; i++) samples[i] = (short) all[i];
        return samples;
    }

    private static <E extends MediaEvent> E await(BlockingQueue<MediaEvent> events, Class<E> type) throws Exception {
        while (true) {
            MediaEvent event = events.poll(20, TimeUnit.SECONDS);
            assertThat(event).as("waiting for %s", type.getSimpleName()).isNotNull();
            if (type.isInstance(event)) return type.cast(event);
        }
    }
}
