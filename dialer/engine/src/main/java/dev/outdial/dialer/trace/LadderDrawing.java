package dev.outdial.dialer.trace;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Draws the messages of a call as SVG: us at the left, each far end on a line of its own, time going down. Pure.
 *
 * <pre>
 *    0.000      us                         far end
 *      |         |------- INVITE  SDP ------->|        a line a message, dashed where it is a repeated one
 *   +12 ms       |<------ 100 Trying ---------|        the time since the message before
 *                :          2.4 s             :         a gap of a second or more
 * </pre>
 */
final class LadderDrawing {
    private static final String FONT = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace";
    private static final int TIME_X = 76;
    private static final int US_X = 150;
    private static final int HEAD = 48;
    private static final int ROW = 38;
    private static final int GAP_ROW = 30;
    private static final int FOOT = 22;
    private static final int MARGIN = 16;
    private static final int MOST_FAR_ENDS = 4;
    private static final int HEAD_LENGTH = 9;
    /** Of a monospaced letter of 13 pixels, rather too wide. */
    private static final double LETTER = 7.9;

    /** Of one of 11 pixels. */
    private static final double SMALL_LETTER = 6.7;

    private static final long GAP_NANOS = Duration.ofSeconds(1).toNanos();

    private final List<CallTrace.Entry> entries;
    private final List<InetSocketAddress> farEnds;
    private final StringBuilder svg = new StringBuilder();
    private int y = HEAD;

    private LadderDrawing(List<CallTrace.Entry> entries) {
        this.entries = entries;
        this.farEnds = entries.stream()
                .map(CallTrace.Entry::remote)
                .distinct()
                .limit(MOST_FAR_ENDS)
                .toList();
    }

    /** The picture. @param dropped how many messages fell out */
    static String svg(List<CallTrace.Entry> entries, int dropped) {
        return new LadderDrawing(entries).draw(dropped);
    }

    private String draw(int dropped) {
        if (entries.isEmpty()) note("no SIP message was kept");
        for (int place = 0; place < entries.size(); place++) {
            if (place > 0) between(entries.get(place - 1), entries.get(place));
            message(place);
        }
        if (dropped > 0) note(dropped + " more were not kept");
        int height = y + FOOT;
        var all = new StringBuilder();
        all.append(
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"ladder\" role=\"group\" aria-label=\"SIP messages of the call\"")
                .append(" width=\"" + width() + "\" height=\"" + height + "\" viewBox=\"0 0 " + width() + ' ' + height
                        + '"')
                .append(" font-family=\"" + FONT + "\" font-size=\"13\" fill=\"currentColor\" stroke=\"none\">\n");
        if (!entries.isEmpty()) {
            lifeline(all, US_X, "us", address(entries.getFirst().local()), height);
            for (int i = 0; i < farEnds.size(); i++) {
                String name = farEnds.size() == 1 ? "far end" : "far end " + (i + 1);
                lifeline(all, farX(i), name, reached(farEnds.get(i)), height);
            }
        }
        return all.append(svg).append("</svg>\n").toString();
    }

    private String reached(InetSocketAddress farEnd) {
        String protocols = entries.stream()
                .filter(entry -> entry.remote().equals(farEnd))
                .map(CallTrace.Entry::protocol)
                .distinct()
                .collect(Collectors.joining(", "));
        return protocols + " " + address(farEnd);
    }

    private int width() {
        // The address stands around its line.
        String last = farEnds.isEmpty() ? "" : reached(farEnds.getLast());
        return farX(Math.max(0, farEnds.size() - 1)) + (int) (Math.max(24, last.length()) * SMALL_LETTER / 2) + MARGIN;
    }

    private int lane() {
        return farEnds.size() <= 1 ? 420 : 380;
    }

    private int farX(int place) {
        return US_X + lane() + place * 240;
    }

    /** Those beyond the last line are drawn at it. */
    private int farX(InetSocketAddress remote) {
        int place = farEnds.indexOf(remote);
        return farX(place < 0 ? farEnds.size() - 1 : place);
    }

    private static void lifeline(StringBuilder to, int x, String name, String address, int height) {
        to.append("<text x=\"" + x + "\" y=\"16\" text-anchor=\"middle\" font-weight=\"bold\">" + name + "</text>")
                .append("<text x=\"" + x + "\" y=\"32\" text-anchor=\"middle\" font-size=\"11\" opacity=\"0.75\">")
                .append(escaped(address) + "</text>")
                .append("<line x1=\"" + x + "\" y1=\"40\" x2=\"" + x + "\" y2=\"" + (height - 8))
                .append("\" stroke=\"currentColor\" stroke-opacity=\"0.4\"/>\n");
    }

    /** What is to be seen between two messages: another attempt, or a long time. */
    private void between(CallTrace.Entry before, CallTrace.Entry after) {
        Duration passed = after.offset().minus(before.offset());
        boolean another = !before.callId().equals(after.callId());
        if (another) divider("another attempt" + (passed.toNanos() < GAP_NANOS ? "" : ", " + shown(passed) + " later"));
        else if (passed.toNanos() >= GAP_NANOS) divider(shown(passed));
    }

    private void divider(String words) {
        int middle = US_X + lane() / 2;
        int half = (int) (words.length() * LETTER / 2) + 10;
        int at = y + GAP_ROW / 2;
        svg.append("<g class=\"gap\" font-size=\"12\" opacity=\"0.75\">");
        for (int[] side :
                List.of(new int[] {US_X, middle - half}, new int[] {middle + half, farX(farEnds.size() - 1)})) {
            svg.append("<line x1=\"" + side[0] + "\" y1=\"" + at + "\" x2=\"" + side[1] + "\" y2=\"" + at)
                    .append("\" stroke=\"currentColor\" stroke-dasharray=\"1 5\"/>");
        }
        svg.append(
                "<text x=\"" + middle + "\" y=\"" + (at + 4) + "\" text-anchor=\"middle\">" + words + "</text></g>\n");
        y += GAP_ROW;
    }

    private void note(String words) {
        svg.append("<text x=\"" + US_X + "\" y=\"" + (y + 18) + "\" dx=\"12\" font-style=\"italic\">" + words
                + "</text>\n");
        y += ROW;
    }

    private void message(int place) {
        CallTrace.Entry entry = entries.get(place);
        int far = farX(entry.remote());
        int line = y + 24;
        String name = name(entry);
        svg.append("<g id=\"message-" + (place + 1) + "\" class=\"message\" tabindex=\"0\" aria-label=\""
                        + spoken(entry) + "\">")
                .append("<title>" + escaped(entry.summary()) + "</title>")
                .append("<rect x=\"0\" y=\"" + y + "\" width=\"" + width() + "\" height=\"" + ROW)
                .append("\" fill=\"none\" pointer-events=\"all\"/>");
        time(place, line);
        int room = (int) ((lane() - 30 - badges(entry)) / LETTER);
        label(entry, name.length() > room ? name.substring(0, room - 1) + "…" : name);
        arrow(entry, far, line);
        svg.append("</g>\n");
        y += ROW;
    }

    private void time(int place, int line) {
        CallTrace.Entry entry = entries.get(place);
        svg.append("<text x=\"" + TIME_X + "\" y=\"" + (line - 6) + "\" text-anchor=\"end\">")
                .append(String.format(Locale.ROOT, "%.3f", entry.offset().toNanos() / 1e9) + "</text>");
        if (place == 0) return;
        Duration passed = entry.offset().minus(entries.get(place - 1).offset());
        svg.append("<text x=\"" + TIME_X + "\" y=\"" + (line + 8)
                        + "\" text-anchor=\"end\" font-size=\"11\" opacity=\"0.7\">+")
                .append(shown(passed) + "</text>");
    }

    private static int badges(CallTrace.Entry entry) {
        return (entry.describesSession() ? 40 : 0) + (entry.repeated() ? 52 : 0);
    }

    /** Left of the first far end's line, wherever the message goes: no line runs through it. */
    private void label(CallTrace.Entry entry, String name) {
        double half = (name.length() * LETTER + badges(entry)) / 2;
        int from = (int) (US_X + lane() / 2.0 - half);
        int base = y + 15;
        svg.append("<text x=\"" + from + "\" y=\"" + base + '"' + (entry.repeated() ? " opacity=\"0.7\"" : "") + '>')
                .append(escaped(name) + "</text>");
        double at = from + name.length() * LETTER + 6;
        if (entry.describesSession()) {
            badge(at, base, "SDP", 32);
            at += 40;
        }
        if (entry.repeated()) badge(at, base, "again", 44);
    }

    private void badge(double x, int base, String words, int width) {
        svg.append("<rect x=\"" + (int) x + "\" y=\"" + (base - 12) + "\" width=\"" + width)
                .append(
                        "\" height=\"15\" rx=\"4\" fill=\"currentColor\" fill-opacity=\"0.1\" stroke=\"currentColor\" stroke-opacity=\"0.5\"/>")
                .append("<text x=\"" + ((int) x + width / 2) + "\" y=\"" + (base - 1))
                .append("\" text-anchor=\"middle\" font-size=\"11\">" + words + "</text>");
    }

    private void arrow(CallTrace.Entry entry, int far, int line) {
        int from = entry.sent() ? US_X : far;
        int to = entry.sent() ? far : US_X;
        int back = entry.sent() ? -HEAD_LENGTH : HEAD_LENGTH;
        String colour = colour(entry);
        svg.append("<path d=\"M" + from + ' ' + line + 'H' + (to + back) + "\" fill=\"none\" stroke=\"" + colour)
                .append("\" stroke-width=\"1.5\"" + (entry.repeated() ? " stroke-dasharray=\"5 4\"" : "") + "/>")
                .append("<path d=\"M" + to + ' ' + line + 'l' + back + " -4.5v9z\" fill=\"" + colour + "\"/>");
    }

    /** Of a middle lightness: it is seen on light and on dark. What it says, the words say too. */
    private static String colour(CallTrace.Entry entry) {
        // To be asked for a password is no failure.
        if (entry.status() == 401 || entry.status() == 407) return "currentColor";
        if (entry.status() >= 400) return "#d64545";
        return entry.status() >= 200 && entry.status() < 300 ? "#2f9e5b" : "currentColor";
    }

    private static String name(CallTrace.Entry entry) {
        String request = entry.method() + " " + entry.cseq();
        return entry.status() == 0
                ? request
                : entry.summary().replaceFirst("^\\S*\\s*", "").strip() + " (" + request + ")";
    }

    private static String spoken(CallTrace.Entry entry) {
        var words = new ArrayList<String>();
        words.add(String.format(Locale.ROOT, "%.3f s", entry.offset().toNanos() / 1e9));
        words.add((entry.sent() ? "sent " : "received ") + name(entry));
        if (entry.describesSession()) words.add("with a session description");
        if (entry.repeated()) words.add("again");
        return escaped(String.join(", ", words));
    }

    private static String shown(Duration time) {
        long millis = Math.max(0, Math.round(time.toNanos() / 1e6));
        if (millis < 1000) return millis + " ms";
        if (millis < 60_000) return String.format(Locale.ROOT, "%.1f s", millis / 1e3);
        long seconds = Math.round(millis / 1e3);
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d min", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d h", seconds / 3600, seconds / 60 % 60);
    }

    private static String address(InetSocketAddress address) {
        String host = address.isUnresolved()
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** Whatever the far end sent, it is text and nothing else; what XML does not allow is shown as {@code ?}. */
    private static String escaped(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(isShown(c) ? c : '?');
            }
        });
        return escaped.toString();
    }

    private static boolean isShown(int c) {
        boolean half = c >= 0xD800 && c <= 0xDFFF;
        return !Character.isISOControl(c) && !half && c != 0xFFFE && c != 0xFFFF;
    }
}
