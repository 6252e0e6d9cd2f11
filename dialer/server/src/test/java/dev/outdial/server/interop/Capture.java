package dev.outdial.server.interop;

import dev.outdial.testbed.message.MessageStream;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.rtp.RtpPacket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What passes over the loopback interface on some ports, as dumpcap writes it and tshark reads it. Capturing from the
 * return of {@link #start} until {@link #stop}: a datagram to a port of its own is sent until it is found in the file.
 */
final class Capture implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int ASK_AGAIN_MILLIS = 50;

    /** One row of {@code -z rtp,streams}. The last mark says that Wireshark finds something wrong. */
    private static final Pattern STREAM = Pattern.compile("\\s*[\\d.]+\\s+[\\d.]+\\s+(?:\\S+)\\s+(?<source>\\d+)\\s+"
            + "(?:\\S+)\\s+(?<destination>\\d+)\\s+(?<ssrc>0x\\p{XDigit}+)\\s+(?<payload>\\S.*?)\\s+(?<packets>\\d+)\\s+"
            + "(?<lost>-?\\d+) \\([-\\d.]+%\\)\\s+[-\\d.]+\\s+[-\\d.]+\\s+(?<maxDelta>[-\\d.]+)\\s+[-\\d.]+\\s+[-\\d.]+\\s+"
            + "(?<maxJitter>[-\\d.]+)\\s*(?<problem>X?)\\s*");

    private final PeerProcess dumpcap;
    private final Path file;
    private final int probePort;
    private final List<Integer> sipPorts;

    /** A stream as tshark sums it up. */
    record RtpStream(
            int sourcePort,
            int destinationPort,
            String ssrc,
            String payload,
            int packets,
            int lost,
            double maxDeltaMillis,
            double maxJitterMillis,
            boolean problem) {}

    private Capture(PeerProcess dumpcap, Path file, int probePort, List<Integer> sipPorts) {
        this.dumpcap = dumpcap;
        this.file = file;
        this.probePort = probePort;
        this.sipPorts = List.copyOf(sipPorts);
    }

    /**
     * Captures what comes from or goes to the SIP ports (UDP and TCP) and {@code mediaPorts} ports beginning with
     * {@code firstMediaPort} (UDP).
     */
    static Capture start(Path folder, int firstMediaPort, int mediaPorts, Integer... sipPorts) {
        int probePort = Ports.single();
        var file = folder.resolve("capture-" + probePort + ".pcap");
        var filter = new StringBuilder("udp port " + probePort + " or udp portrange " + firstMediaPort + "-"
                + (firstMediaPort + mediaPorts - 1));
        for (int port : sipPorts) filter.append(" or port ").append(port);
        var dumpcap = PeerProcess.start(
                "dumpcap",
                folder,
                List.of("dumpcap", "-q", "-P", "-B", "16", "-i", "lo", "-f", filter.toString(), "-w", file.toString()));
        var capture = new Capture(dumpcap, file, probePort, List.of(sipPorts));
        try {
            capture.awaitOwnDatagram("capture begins");
        } catch (RuntimeException | Error e) {
            dumpcap.close();
            throw e;
        }
        return capture;
    }

    /** Ends the capture when all that has passed until now is in the file. */
    void stop() {
        if (dumpcap.isAlive()) {
            awaitOwnDatagram("capture ends");
            dumpcap.close();
        }
    }

    private void awaitOwnDatagram(String text) {
        var payload = text.getBytes(StandardCharsets.US_ASCII);
        try (var socket = new DatagramSocket(Ports.address(probePort))) {
            socket.setSoTimeout(ASK_AGAIN_MILLIS);
            var probe = new DatagramPacket(payload, payload.length, socket.getLocalSocketAddress());
            for (long deadline = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() - deadline < 0; ) {
                if (!dumpcap.isAlive()) throw new AssertionError("dumpcap has ended\n" + dumpcap.log());
                socket.send(probe);
                pause(socket);
                if (Files.exists(file)
                        && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) return;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("dumpcap does not capture\n" + dumpcap.log());
    }

    /** The probe comes back at once, so what paces the loop is the wait for the next one. */
    private static void pause(DatagramSocket socket) throws IOException {
        try {
            for (int i = 0; i < 2; i++) socket.receive(new DatagramPacket(new byte[100], 100));
        } catch (SocketTimeoutException e) {
            // The expected end of the pause.
        }
    }

    /** The RTP streams as {@code tshark -z rtp,streams} sums them up. */
    List<RtpStream> rtpStreams() {
        return rtpStreams(tshark("-q", "-z", "rtp,streams"));
    }

    /** The rows of what {@code tshark -z rtp,streams} wrote. */
    static List<RtpStream> rtpStreams(String table) {
        var streams = new ArrayList<RtpStream>();
        for (var line : table.lines().toList()) {
            var match = STREAM.matcher(line);
            if (!match.matches()) continue;
            streams.add(new RtpStream(
                    Integer.parseInt(match.group("source")),
                    Integer.parseInt(match.group("destination")),
                    match.group("ssrc"),
                    match.group("payload"),
                    Integer.parseInt(match.group("packets")),
                    Integer.parseInt(match.group("lost")),
                    Double.parseDouble(match.group("maxDelta")),
                    Double.parseDouble(match.group("maxJitter")),
                    !match.group("problem").isEmpty()));
        }
        return streams;
    }

    /** All RTP packets in the order of their capture. */
    List<Captured<RtpPacket>> rtp() {
        return payloads("udp", "rtp").stream()
                .map(datagram -> datagram.map(bytes -> RtpPacket.parse(bytes).orElseThrow()))
                .toList();
    }

    /** What the RTCP packets from a port consist of, as tshark reads them: {@code 200,202} is a sender report with a source's description. */
    List<String> rtcpFrom(int sourcePort) {
        return tshark("-Y", "rtcp && udp.srcport==" + sourcePort, "-T", "fields", "-e", "rtcp.pt")
                .lines()
                .toList();
    }

    /** What tshark cannot read of the RTP and RTCP that was captured. */
    List<String> malformed() {
        return tshark("-Y", "(rtp || rtcp) && (_ws.malformed || _ws.expert.severity==error)")
                .lines()
                .toList();
    }

    /** The differentiated services code points of all datagrams from these ports. */
    List<String> codePointsFrom(int firstPort, int lastPort) {
        var range = "udp.srcport>=" + firstPort + " && udp.srcport<=" + lastPort;
        return tshark("-Y", range, "-T", "fields", "-e", "ip.dsfield.dscp")
                .lines()
                .distinct()
                .toList();
    }

    /** All SIP messages in the order of their capture, those to and from this fixture's own OPTIONS left out. */
    List<Captured<SipMessage>> sip() {
        var messages = new ArrayList<Captured<SipMessage>>();
        for (var datagram : payloads("udp", "sip")) {
            messages.add(datagram.map(bytes -> SipMessage.parse(bytes).orElseThrow()));
        }
        record Direction(int sourcePort, int destinationPort) {}
        var streams = new HashMap<Direction, MessageStream>();
        for (var segment : payloads("tcp", "tcp.len > 0")) {
            var direction = new Direction(segment.sourcePort(), segment.destinationPort());
            var stream = streams.computeIfAbsent(direction, d -> new MessageStream());
            for (var message : stream.feed(segment.content(), 0, segment.content().length)) {
                messages.add(segment.map(bytes -> message));
            }
            if (stream.broken()) throw new AssertionError("no SIP over TCP: " + direction);
        }
        return messages.stream()
                .filter(m -> !m.content().method().equals("OPTIONS"))
                .sorted(Comparator.comparingDouble(Captured::atSeconds))
                .toList();
    }

    /** The SIP messages by name, in the order of their capture: a request's method, a response's status. */
    List<String> sipNames() {
        return sip().stream().map(m -> name(m.content())).toList();
    }

    private static String name(SipMessage message) {
        return message.isRequest() ? message.method() : Integer.toString(message.status());
    }

    /** What the datagrams or segments carry that pass tshark's filter, in the order of their capture. */
    private List<Captured<byte[]>> payloads(String transport, String filter) {
        var options = new ArrayList<>(List.of("-Y", filter + " && " + transport, "-T", "fields", "-E", "separator=|"));
        options.addAll(List.of("-e", "frame.time_relative", "-e", transport + ".srcport"));
        options.addAll(List.of("-e", transport + ".dstport", "-e", transport + ".payload"));
        return tshark(options.toArray(String[]::new))
                .lines()
                .map(line -> line.split("\\|", -1))
                .map(row -> new Captured<>(
                        Double.parseDouble(row[0]),
                        Integer.parseInt(row[1]),
                        Integer.parseInt(row[2]),
                        HexFormat.of().parseHex(row[3].replace(":", ""))))
                .toList();
    }

    private String tshark(String... options) {
        stop();
        var command = new ArrayList<>(List.of("tshark", "-n", "-r", file.toString(), "-o", "rtp.heuristic_rtp:TRUE"));
        for (int port : sipPorts) {
            command.addAll(List.of("-d", "udp.port==" + port + ",sip", "-d", "tcp.port==" + port + ",sip"));
        }
        command.addAll(List.of(options));
        return PeerProcess.run(command);
    }

    /** The SIP that was captured, a message a line, for a failure's message. */
    @Override
    public String toString() {
        return "SIP seen:\n"
                + String.join(
                        "\n",
                        sip().stream()
                                .map(m -> m.map(Capture::name) + " ("
                                        + m.content().header("CSeq").orElse("") + ")")
                                .toList());
    }

    @Override
    public void close() {
        dumpcap.close();
    }
}
