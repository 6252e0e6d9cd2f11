package dev.outdial.dialer.call.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the files of calls. */
class PacketKeeperTest {
    private static final InetSocketAddress OURS = new InetSocketAddress("192.0.2.1", 4000);
    private static final InetSocketAddress OUR_RTCP = new InetSocketAddress("192.0.2.1", 4001);
    private static final InetSocketAddress OTHERS = new InetSocketAddress("192.0.2.1", 4002);
    private static final InetSocketAddress FAR_END = new InetSocketAddress("192.0.2.9", 6000);
    private static final byte[] KEY = {(byte) 0x80, 101, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 5, 10, 0, (byte) 160};
    /** Two events in a packet: without the description it could be anything. */
    private static final byte[] TWO_KEYS = {
        (byte) 0x80, 97, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 5, 10, 0, (byte) 160, 6, 10, 0, (byte) 160
    };

    private static final byte[] SDP = "v=0\r\nm=audio 4000 RTP/AVP 0 97\r\na=rtpmap:97 telephone-event/8000\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    private static final long PLENTY = 1_000_000;

    @TempDir
    private Path folder = Path.of("");

    private PacketKeeper keeper(long mostBytes, boolean showKeys) throws IOException {
        return PacketKeeper.in(folder.resolve("packets"), mostBytes, showKeys);
    }

    private static void pass(PacketKeeper keeper, InetSocketAddress local, boolean sent, byte[] bytes) {
        keeper.saw(
                local,
                FAR_END,
                sent,
                ByteBuffer.allocateDirect(bytes.length + 3).put(3, bytes),
                3,
                bytes.length);
    }

    private Path file(String requestId) {
        return PacketKeeper.file(folder.resolve("packets"), requestId);
    }

    private static List<PcapReader.Packet> packets(Path file) throws IOException {
        var packets = new ArrayList<PcapReader.Packet>();
        try (PcapReader reader = PcapReader.open(file, Long.MAX_VALUE)) {
            for (Optional<PcapReader.Packet> next = reader.next(); next.isPresent(); next = reader.next()) {
                packets.add(next.get());
            }
        }
        return packets;
    }

    /** Ports and payload of each. */
    private List<String> kept(String requestId) throws IOException {
        return packets(file(requestId)).stream()
                .map(packet -> ByteBuffer.wrap(packet.ip()))
                .map(ip -> (ip.getShort(20) & 0xFFFF) + ">" + (ip.getShort(22) & 0xFFFF) + " "
                        + HexFormat.of().formatHex(ip.array(), 28, ip.limit()))
                .toList();
    }

    @Test
    void ofEachCallBothWaysAreInItsOwnFileAndWhatIsOfNoCallInNone() throws IOException {
        try (PacketKeeper keeper = keeper(PLENTY, false)) {
            pass(keeper, OURS, true, new byte[] {9}); // before anybody asked for it
            Runnable end = keeper.keep("one", OURS, () -> SDP);
            keeper.keep("two", OTHERS, () -> SDP);
            pass(keeper, OURS, true, new byte[] {1, 2});
            pass(keeper, OURS, false, new byte[] {3});
            pass(keeper, OUR_RTCP, false, new byte[] {4});
            pass(keeper, OTHERS, true, new byte[] {5});
            end.run();
            pass(keeper, OURS, true, new byte[] {6});
            pass(keeper, OUR_RTCP, true, new byte[] {7});
            assertThat(keeper.leftOut()).isZero();
        }

        assertThat(kept("one")).containsExactly("4000>6000 0102", "6000>4000 03", "6000>4001 04");
        assertThat(kept("two")).containsExactly("4002>6000 05");
        assertThat(packets(file("one")))
                .allSatisfy(packet -> assertThat(
                                Duration.between(Instant.ofEpochSecond(0, packet.epochNanos()), Instant.now())
                                        .abs())
                        .isLessThan(Duration.ofMinutes(1)));
    }

    @Test
    void whatANextCallSendsThroughTheSamePortIsItsOwn() throws IOException {
        try (PacketKeeper keeper = keeper(PLENTY, false)) {
            Runnable end = keeper.keep("one", OURS, () -> SDP);
            keeper.keep("two", OURS, () -> SDP);
            end.run(); // told late
            pass(keeper, OURS, true, new byte[] {1});
            pass(keeper, OUR_RTCP, true, new byte[] {2});
        }

        assertThat(kept("two")).containsExactly("4000>6000 01", "4001>6000 02");
        assertThat(file("one")).doesNotExist();
    }

    @Test
    void attemptsOfACallShareItsFile() throws IOException {
        try (PacketKeeper keeper = keeper(PLENTY, false)) {
            Runnable end = keeper.keep("one", OURS, () -> SDP);
            pass(keeper, OURS, true, new byte[] {1});
            end.run();
            keeper.keep("one", OTHERS, () -> SDP);
            pass(keeper, OTHERS, true, new byte[] {2});
        }
        try (PacketKeeper again = keeper(PLENTY, false)) {
            again.keep("one", OURS, () -> SDP);
            pass(again, OURS, true, new byte[] {3});
        }

        assertThat(kept("one")).containsExactly("4000>6000 01", "4002>6000 02", "4000>6000 03");
    }

    @Test
    void whatAKilledProcessWroteInPartGivesWayToWhatComesThen() throws IOException {
        try (PacketKeeper keeper = keeper(PLENTY, false)) {
            keeper.keep("one", OURS, () -> SDP);
            pass(keeper, OURS, true, new byte[] {1});
        }
        Files.write(file("one"), PcapFile.packetHeader(1, 100), StandardOpenOption.APPEND);
        Files.write(file("one"), new byte[50], StandardOpenOption.APPEND);
        try (PacketKeeper again = keeper(PLENTY, false)) {
            again.keep("one", OURS, () -> SDP);
            pass(again, OURS, true, new byte[] {2});
        }

        assertThat(kept("one")).containsExactly("4000>6000 01", "4000>6000 02");
    }

    @Test
    void keysAreWrittenForThoseAloneWhoWantThat() throws IOException {
        for (boolean showKeys : List.of(false, true)) {
            try (PacketKeeper keeper = keeper(PLENTY, showKeys)) {
                keeper.keep("shown-" + showKeys, OURS, () -> SDP);
                pass(keeper, OURS, false, KEY.clone());
                pass(keeper, OURS, true, TWO_KEYS.clone());
            }
        }

        assertThat(kept("shown-false"))
                .satisfiesExactly(
                        one -> assertThat(one).endsWith("ff0a00a0"),
                        two -> assertThat(two).endsWith("ff0a00a0ff0a00a0"));
        assertThat(kept("shown-true"))
                .satisfiesExactly(
                        one -> assertThat(one).endsWith("050a00a0"),
                        two -> assertThat(two).endsWith("050a00a0060a00a0"));
    }

    @Test
    void aFileBecomesNoLongerThanItMayAndTheOthersGoOn() throws IOException {
        long most = 24 + 3 * (16 + 28 + 10) + 5;
        try (PacketKeeper keeper = keeper(most, false)) {
            keeper.keep("one", OURS, () -> SDP);
            keeper.keep("two", OTHERS, () -> SDP);
            for (int i = 0; i < 10; i++) pass(keeper, OURS, true, new byte[10]);
            pass(keeper, OTHERS, true, new byte[10]);
        }
        try (PacketKeeper again = keeper(most, false)) {
            again.keep("one", OURS, () -> SDP);
            pass(again, OURS, true, new byte[10]);
        }

        assertThat(kept("one")).hasSize(3);
        assertThat(kept("two")).hasSize(1);
        assertThat(Files.size(file("one"))).isEqualTo(most - 5);
    }

    @Test
    void whatIsLeftOutIsCounted() {
        var session = new KeptSession("one", () -> SDP, Instant.EPOCH, 0);
        var files = new KeptFiles(folder, 24 + 2 * (16 + 28 + 1), false);
        for (int i = 0; i < 7; i++) files.write(new KeptFiles.Packet(session, i, OURS, FAR_END, new byte[1]));
        files.close();

        assertThat(session.isFull()).isTrue();
        assertThat(session.leftOut()).isEqualTo(5);
    }

    @Test
    void aFileIsClosedAWhileAfterItsCallAndReadableBefore() throws IOException {
        var session = new KeptSession("one", () -> SDP, Instant.EPOCH, 0);
        var files = new KeptFiles(folder, PLENTY, false);
        Path file = PacketKeeper.file(folder, "one");
        files.write(new KeptFiles.Packet(session, 1, OURS, FAR_END, new byte[1]));
        files.flush();
        assertThat(packets(file)).hasSize(1);
        session.end();
        files.write(new KeptFiles.Packet(session, 2, OURS, FAR_END, new byte[1])); // had waited in the queue
        files.flush();
        assertThat(packets(file)).hasSize(2);
        files.flush();

        Files.delete(file);
        files.write(new KeptFiles.Packet(session, 3, OURS, FAR_END, new byte[1]));
        files.close();
        assertThat(packets(file)).as("it was closed: another one was begun").hasSize(1);
    }

    @Test
    void aFileThatCannotBeWrittenCostsItsOwnCallOnly() throws IOException {
        Files.createDirectories(file("one"));
        try (PacketKeeper keeper = keeper(PLENTY, false)) {
            keeper.keep("one", OURS, () -> SDP);
            keeper.keep("broken", OUR_RTCP, () -> {
                throw new IllegalStateException("no description");
            });
            keeper.keep("two", OTHERS, () -> SDP);
            pass(keeper, OURS, true, new byte[] {1});
            pass(keeper, OUR_RTCP, true, new byte[] {1});
            pass(keeper, OTHERS, true, new byte[] {2});
        }

        assertThat(kept("two")).containsExactly("4002>6000 02");
    }

    @Test
    void noNameLeadsOutOfTheFolder() throws IOException {
        String name = "../../other place/..";
        try (PacketKeeper keeper = keeper(PLENTY, false)) {
            keeper.keep(name, OURS, () -> SDP);
            pass(keeper, OURS, true, new byte[] {1});
        }

        assertThat(file(name).normalize().getParent()).isEqualTo(folder.resolve("packets"));
        assertThat(kept(name)).hasSize(1);
    }

    @Test
    void aFolderThatCannotBeMadeIsSaidAtOnce() throws IOException {
        Files.writeString(folder.resolve("packets"), "a file");

        assertThatThrownBy(() -> keeper(PLENTY, false)).isInstanceOf(IOException.class);
    }
}
