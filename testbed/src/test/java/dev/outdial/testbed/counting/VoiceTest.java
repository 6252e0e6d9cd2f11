package dev.outdial.testbed.counting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.testbed.probe.DigitProbe;
import dev.outdial.testbed.probe.StreamProbe;
import dev.outdial.testbed.rtp.G711;
import dev.outdial.testbed.rtp.RtpPacket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VoiceTest {
    private static final int EVENTS = 101;
    private static final int MINUTE = 3000;

    private final Speech speech = new Speech(G711.MU_LAW);

    @Test
    void thePromptIsSentWithoutAHole() {
        var voice = new Voice(speech, OptionalInt.empty(), 0, new Random(7));

        var probe = new StreamProbe();
        var packets = packets(voice, MINUTE);
        for (int i = 0; i < packets.size(); i++) probe.hear(packets.get(i), i * 20_000_000L);

        assertThat(probe.report().lostCount()).isZero();
        assertThat(probe.report().markerCount()).isEqualTo(1);
        assertThat(probe.report().timestampSteps()).containsOnlyKeys(160L);
        assertThat(packets.get(100).payload()).isEqualTo(speech.prompt(100));
        assertThat(voice.keysPressed()).isZero();
    }

    @Test
    void keysArePressedAsTelephoneEventsWhereTheyAreTaken() {
        var voice = new Voice(speech, OptionalInt.of(EVENTS), 100, new Random(7));

        var probe = new DigitProbe(EVENTS);
        var packets = packets(voice, MINUTE);
        for (int i = 0; i < packets.size(); i++) probe.hear(packets.get(i), i * 20_000_000L);

        assertThat(probe.digits()).hasSizeBetween(29, 30).hasSize((int) voice.keysPressed());
        assertThat(probe.digits()).isSubstringOf((Speech.KEYS + Speech.KEYS).repeat(3));
    }

    @Test
    void keysAreTonesInTheSoundWhereEventsAreNotTaken() {
        var voice = new Voice(speech, OptionalInt.empty(), 100, new Random(7));

        var packets = packets(voice, MINUTE);

        assertThat(packets).allMatch(p -> p.payloadType() == G711.MU_LAW.payloadType());
        assertThat(voice.keysPressed()).isBetween(29L, 30L);
        long tones = packets.stream().filter(p -> isToneBegin(p.payload())).count();
        assertThat(tones).isEqualTo(voice.keysPressed());
    }

    private boolean isToneBegin(byte[] payload) {
        for (int key = 0; key < Speech.KEYS.length(); key++)
            if (Arrays.equals(payload, speech.key(key, 0))) return true;
        return false;
    }

    private static List<RtpPacket> packets(Voice voice, int count) {
        var packets = new ArrayList<RtpPacket>();
        var buffer = ByteBuffer.allocate(256);
        for (int frame = 0; frame < count; frame++) {
            buffer.clear();
            voice.write(frame, buffer);
            var bytes = new byte[buffer.flip().remaining()];
            buffer.get(bytes);
            packets.add(RtpPacket.parse(bytes).orElseThrow());
        }
        return packets;
    }
}
