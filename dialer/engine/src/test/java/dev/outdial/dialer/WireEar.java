package dev.outdial.dialer;

import dev.outdial.media.codec.AudioCodec;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/** A far end's RTP port that listens and says nothing; time is told by the packets that come. PCMU in packets of 20 ms. */
final class WireEar implements AutoCloseable {
    private static final int HEADER = 12;
    private static final int LOUD = 2000;
    private static final int IN_A_ROW = 10;
    private static final int MOST_PACKETS = 300;

    private final DatagramSocket socket;

    WireEar() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(15_000);
    }

    /** A session description with this port. */
    String sdp(int version, String direction) {
        return """
                v=0
                o=bob 1 %d IN IP4 127.0.0.1
                s=-
                c=IN IP4 127.0.0.1
                t=0 0
                m=audio %d RTP/AVP 0
                a=rtpmap:0 PCMU/8000
                a=%s
                """.formatted(version, socket.getLocalPort(), direction).replace("\n", "\r\n");
    }

    /** Waits until so much sound comes in a row that it is no leftover. */
    void awaitSound() throws IOException {
        await(true);
    }

    void awaitSilence() throws IOException {
        await(false);
    }

    private void await(boolean loud) throws IOException {
        int inARow = 0;
        for (int packets = 0; packets < MOST_PACKETS; packets++) {
            inARow = isLoud() == loud ? inARow + 1 : 0;
            if (inARow == IN_A_ROW) return;
        }
        throw new AssertionError("6 s without " + (loud ? "sound" : "silence"));
    }

    private boolean isLoud() throws IOException {
        var datagram = new DatagramPacket(new byte[1500], 1500);
        socket.receive(datagram);
        int count = datagram.getLength() - HEADER;
        var samples = new short[Math.max(count, 0)];
        AudioCodec.PCMU.decode(ByteBuffer.wrap(datagram.getData()), HEADER, samples.length, samples, 0);
        for (short sample : samples) if (Math.abs(sample) > LOUD) return true;
        return false;
    }

    @Override
    public void close() {
        socket.close();
    }
}
