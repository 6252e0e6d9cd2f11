package dev.outdial.sip.trace;

import dev.outdial.sip.message.Text;
import dev.outdial.sip.transport.WireMessage.Direction;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Draws messages as people draw a call: us at the left, the far end at the right, time going down. Pure. */
public final class TraceLadder {
    private static final int WIDTH = 46;

    private TraceLadder() {}

    /**
     * A line a message.
     *
     * <pre>{@code
     *          us                                            far end
     *   0.000  |---------------- INVITE (1) ---------------->|  udp 192.0.2.1:5060
     *   0.012  |<---------- 100 Trying (1 INVITE) -----------|  udp 192.0.2.1:5060
     * }</pre>
     *
     * @return lines that each end in a line feed; without control characters, whatever the far end sent
     */
    public static String of(MessageLog log) {
        var ladder = new StringBuilder();
        List<TracedMessage> messages = log.messages();
        ladder.append(" ".repeat(10)).append("us").append(" ".repeat(WIDTH - 2)).append("far end\n");
        for (TracedMessage message : messages) {
            ladder.append(offset(messages.getFirst(), message))
                    .append("  ")
                    .append(arrow(message.direction(), label(message.scan())))
                    .append("  ")
                    .append(message.protocol().parameter())
                    .append(' ')
                    .append(address(message.remote()))
                    .append('\n');
        }
        if (log.dropped() > 0) ladder.append("          ").append(log.dropped()).append(" more were not kept\n");
        return ladder.toString();
    }

    /** The ladder, and below it each message in full, as far as it was kept and without its secrets. */
    public static String withMessages(MessageLog log) {
        return withMessages(log, TracedMessage::text);
    }

    /** The same with what is to be read of each message. */
    public static String withMessages(MessageLog log, Function<TracedMessage, String> shown) {
        var all = new StringBuilder(of(log));
        for (TracedMessage message : log.messages()) {
            boolean sent = message.direction() == Direction.SENT;
            all.append('\n')
                    .append(offset(log.messages().getFirst(), message).strip())
                    .append(sent ? " sent to " : " received from ")
                    .append(address(message.remote()))
                    .append(", ")
                    .append(message.at())
                    .append('\n');
            shown.apply(message)
                    .replace("\r\n", "\n")
                    .lines()
                    .forEach(line -> all.append("    ").append(printable(line)).append('\n'));
        }
        return all.toString();
    }

    /** The whole line, however long. */
    private static String printable(String line) {
        var shown = new StringBuilder(line.length());
        line.chars().forEach(c -> shown.append(Character.isISOControl(c) && c != '\t' ? '?' : (char) c));
        return shown.toString();
    }

    private static String offset(TracedMessage first, TracedMessage message) {
        return String.format(Locale.ROOT, "%8.3f", (message.atNanos() - first.atNanos()) / 1e9);
    }

    private static String label(MessageScan scan) {
        String name = scan.isRequest()
                ? scan.method()
                : scan.startLine().substring("SIP/2.0 ".length()).strip();
        String number = " (" + scan.cseq() + (scan.isRequest() ? "" : " " + scan.method()) + ") ";
        int room = WIDTH - 4 - number.length() - 1;
        return " " + Text.shown(name.length() > room ? name.substring(0, Math.max(0, room)) : name) + number;
    }

    private static String arrow(Direction direction, String label) {
        int left = Math.max(1, (WIDTH - 2 - label.length()) / 2);
        int right = Math.max(1, WIDTH - 2 - label.length() - left);
        String line = "-".repeat(left) + label + "-".repeat(right);
        return direction == Direction.SENT ? "|" + line + ">|" : "|<" + line + "|";
    }

    private static String address(InetSocketAddress address) {
        String host = address.getAddress() == null
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + address.getPort() : host + ":" + address.getPort();
    }
}
