package dev.outdial.server.interop;

import dev.outdial.testbed.rtp.G711;
import dev.outdial.testbed.rtp.RtpPacket;
import dev.outdial.testbed.rtp.TelephoneEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Writes a capture file that sipp's {@code play_pcap_audio} replays: silence in PCMU with key presses of RFC 4733 in it.
 * sipp's own {@code play_dtmf} is of no use: it always sends payload type 96, whatever was negotiated.
 *
 * <pre>
 *   packet        marker  timestamp  duration  end
 *   PCMU              0       1600                   silence runs on the 20 ms grid
 *   key               1       1760       160    0    pressed
 *   key               0       1760       320    0
 *   ...
 *   key               0       1760       800    1    released: three times, as RFC 4733 2.5.1.4 advises
 *   PCMU              1       2560                   silence goes on after the key's duration
 * </pre>
 */
final class KeyPressPcap {
    private static final int FRAME_SAMPLES = 160;
    private static final int FRAME_MICROS = 20_000;
    private static final int FRAMES_A_KEY = 5;
    private static final int FRAMES_BETWEEN_KEYS = 5;
    private static final int SSRC = 0x51_77_00_01;
    private static final int VOLUME = 10;

    private final ByteBuffer file = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
    private int sequence = 65_530; // So that the numbers wrap early.
    private int timestamp = 1_600;
    private long atMicros = 1_000_000;

    private KeyPressPcap() {}

    static Path write(Path file, String keys, int payloadType) {
        var pcap = new KeyPressPcap();
        pcap.fileHeader();
        for (int i = 0; i < keys.length(); i++) {
            pcap.silence(FRAMES_BETWEEN_KEYS);
            pcap.press(TelephoneEvent.eventOf(keys.charAt(i)), payloadType);
        }
        pcap.silence(FRAMES_BETWEEN_KEYS);
        try {
            return Files.write(file, Arrays.copyOf(pcap.file.array(), pcap.file.position()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void silence(int frames) {
        var silence = new byte[FRAME_SAMPLES];
        Arrays.fill(silence, G711.MU_LAW.silence());
        for (int i = 0; i < frames; i++) {
            packet(G711.MU_LAW.payloadType(), i == 0, silence);
            timestamp += FRAME_SAMPLES;
            atMicros += FRAME_MICROS;
        }
    }

    private void press(int event, int payloadType) {
        for (int frame = 1; frame <= FRAMES_A_KEY + 2; frame++) {
            boolean end = frame >= FRAMES_A_KEY;
            int duration = Math.min(frame, FRAMES_A_KEY) * FRAME_SAMPLES;
            packet(payloadType, frame == 1, new TelephoneEvent(event, end, VOLUME, duration).toBytes());
            if (frame < FRAMES_A_KEY) atMicros += FRAME_MICROS;
        }
        atMicros += FRAME_MICROS;
        timestamp += FRAMES_A_KEY * FRAME_SAMPLES;
    }

    private void fileHeader() {
        file.putInt(0xA1B2C3D4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putInt(0)
                .putInt(0);
        file.putInt(65_535).putInt(1); // Ethernet.
    }

    /** Ethernet, IPv4, UDP, RTP; sipp puts in addresses, ports and checksums of its own. */
    private void packet(int payloadType, boolean marker, byte[] payload) {
        var rtp = new RtpPacket(payloadType, marker, sequence++, timestamp, SSRC, payload).toBytes();
        int udpLength = 8 + rtp.length;
        int length = 14 + 20 + udpLength;
        file.putInt((int) (atMicros / 1_000_000)).putInt((int) (atMicros % 1_000_000));
        file.putInt(length).putInt(length);
        file.order(ByteOrder.BIG_ENDIAN);
        file.put(new byte[12]).putShort((short) 0x0800);
        file.put((byte) 0x45).put((byte) 0).putShort((short) (20 + udpLength)).putInt(0);
        file.put((byte) 64)
                .put((byte) 17)
                .putShort((short) 0)
                .putInt(0x7F000001)
                .putInt(0x7F000001);
        file.putShort((short) 4_000)
                .putShort((short) 4_002)
                .putShort((short) udpLength)
                .putShort((short) 0)
                .put(rtp);
        file.order(ByteOrder.LITTLE_ENDIAN);
    }
}
