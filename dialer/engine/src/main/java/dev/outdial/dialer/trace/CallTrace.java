package dev.outdial.dialer.trace;

import dev.outdial.dialer.call.pcap.MergedFile;
import dev.outdial.dialer.call.pcap.MessageFile;
import dev.outdial.sip.trace.MessageLog;
import dev.outdial.sip.trace.TraceLadder;
import dev.outdial.sip.trace.TracedMessage;
import dev.outdial.sip.transport.WireMessage.Direction;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The SIP messages of one call, as they went over the wire until the trace was taken: at most 16 KB of them, without passwords, keys of
 * SRTP and pressed keys. Where there is no more room, repeated messages and those that refresh the session fall out first; the INVITE, its
 * answers and the end stay. Immutable.
 */
public final class CallTrace {
    /** Nothing was sent, or nothing was kept. */
    public static final CallTrace EMPTY = new CallTrace(MessageLog.EMPTY, false, false);

    private static final long NANOS = 1_000_000_000;

    private final MessageLog log;
    private final boolean keepsSecrets;
    private final boolean showsSecrets;

    private CallTrace(MessageLog log, boolean keepsSecrets, boolean showsSecrets) {
        this.log = log;
        this.keepsSecrets = keepsSecrets;
        this.showsSecrets = showsSecrets;
    }

    /**
     * One message.
     *
     * @param offset how long after the first
     * @param at when, by the wall clock
     * @param sent whether it went from us to the far end
     * @param protocol udp, tcp or tls
     * @param local our address
     * @param remote the far end
     * @param callId the Call-ID; another one is another attempt
     * @param method the request's method; of a response, that of the request it answers
     * @param status the response's status, 100 to 699; 0 for a request
     * @param cseq the number in CSeq
     * @param summary its first line
     * @param repeated whether the same message went the same way before
     * @param describesSession whether it carries a session description
     * @param text the message, as much of it as was kept
     */
    public record Entry(
            Duration offset,
            Instant at,
            boolean sent,
            String protocol,
            InetSocketAddress local,
            InetSocketAddress remote,
            String callId,
            String method,
            int status,
            long cseq,
            String summary,
            boolean repeated,
            boolean describesSession,
            String text) {}

    /** For the engine: the trace of what was kept. */
    public static CallTrace of(MessageLog log) {
        return new CallTrace(log, true, false);
    }

    /**
     * Reads what {@link #stored} wrote.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static CallTrace parse(byte[] stored) {
        StoredTrace read = StoredTrace.parse(stored);
        return new CallTrace(read.log(), read.keepsSecrets(), false);
    }

    /** For a store: short, and readable by {@link #parse} later on. @param withSecrets whether they are written too, as far as they were kept */
    public byte[] stored(boolean withSecrets) {
        return new StoredTrace(log, keepsSecrets && withSecrets).bytes();
    }

    /** Whether {@link #withSecrets} has more to show. */
    public boolean keepsSecrets() {
        return keepsSecrets;
    }

    /**
     * The same with what is blanked else: what proves who we are, the keys of SRTP, and the keys that were pressed, as far as all that
     * was kept. For those alone who may know it.
     */
    public CallTrace withSecrets() {
        return new CallTrace(log, keepsSecrets, keepsSecrets);
    }

    /** With what a later attempt of the same call sent and received. */
    public CallTrace and(CallTrace later) {
        if (log.messages().isEmpty()) return later;
        if (later.log.messages().isEmpty()) return this;
        var all = new ArrayList<>(byWallClock(log));
        all.addAll(byWallClock(later.log));
        return new CallTrace(
                new MessageLog(all, log.dropped() + later.log.dropped(), log.byteLength() + later.log.byteLength()),
                keepsSecrets && later.keepsSecrets,
                showsSecrets && later.showsSecrets);
    }

    /** Of two processes, or two starts of one, the clocks for differences have nothing in common: each attempt begins by the wall clock. */
    private static List<TracedMessage> byWallClock(MessageLog log) {
        TracedMessage first = log.messages().getFirst();
        long begin = first.at().getEpochSecond() * NANOS + first.at().getNano();
        return log.messages().stream()
                .map(message -> new TracedMessage(
                        begin + message.atNanos() - first.atNanos(),
                        message.at(),
                        message.direction(),
                        message.protocol(),
                        message.local(),
                        message.remote(),
                        message.scan(),
                        message.kept()))
                .toList();
    }

    /** The messages, oldest first; none where tracing is off or nothing was sent. */
    public List<Entry> entries() {
        var entries = new ArrayList<Entry>();
        for (int place = 0; place < log.messages().size(); place++) entries.add(entry(place));
        return List.copyOf(entries);
    }

    private Entry entry(int place) {
        TracedMessage message = log.messages().get(place);
        return new Entry(
                Duration.ofNanos(message.atNanos() - log.messages().getFirst().atNanos()),
                message.at(),
                message.direction() == Direction.SENT,
                message.protocol().parameter(),
                message.local(),
                message.remote(),
                message.scan().callId(),
                message.scan().method(),
                message.scan().status(),
                message.scan().cseq(),
                message.scan().startLine(),
                log.isRepeated(place),
                message.describesSession(),
                text(message));
    }

    private String text(TracedMessage message) {
        return showsSecrets ? message.whole() : message.text();
    }

    /** How many messages fell out. */
    public int dropped() {
        return log.dropped();
    }

    /** A line a message: us at the left, the far end at the right, with time and CSeq. */
    public String toLadder() {
        return TraceLadder.of(log);
    }

    /** The ladder, and below it each message in full. */
    public String toText() {
        return TraceLadder.withMessages(log, this::text);
    }

    /**
     * The ladder as a picture: an SVG document of its own, which may as well stand within a page. It has no styles or scripts; all is drawn
     * in {@code currentColor}, so that it is dark on light and light on dark. Each message is a group {@code message-1}, {@code message-2} and
     * so on of the class {@code message}, by the order of {@link #entries}.
     */
    public String toSvg() {
        return LadderDrawing.svg(entries(), dropped());
    }

    /** A file in the format of libpcap, as Wireshark reads it: SIP over TLS in clear as TCP. No sound. What was cut ends early. */
    public byte[] toPcap() {
        return MessageFile.of(log, showsSecrets);
    }

    /**
     * The same with the RTP and RTCP of the call, in the order of their times.
     *
     * @param packets the {@linkplain PacketKeeping#file file} in which they were kept; where there is none, the messages alone
     * @throws IOException where it cannot be read
     */
    public CallCapture toPcap(Path packets) throws IOException {
        return new CallCapture(MergedFile.of(log, packets, showsSecrets));
    }
}
