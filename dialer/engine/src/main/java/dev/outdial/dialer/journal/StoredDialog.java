package dev.outdial.dialer.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is needed to end an answered call after its process is gone: its SIP dialog (RFC 3261 section 12) and the way there. Holds no
 * secrets, though who was called. Not for going on with a call: its sound is gone.
 *
 * @param trunk the trunk that the call went over or came by, or {@code direct}
 * @param callId the Call-ID
 * @param local From of our requests, with our tag
 * @param remote To of our requests, with the far end's tag
 * @param remoteTarget the URI of the far end's Contact
 * @param routes the route set, nearest first, each in angle brackets
 * @param cseq the number of our latest request when this was written; 0 where there was none
 * @param hop where requests are sent
 */
public record StoredDialog(
        String trunk,
        String callId,
        String local,
        String remote,
        String remoteTarget,
        List<String> routes,
        long cseq,
        Hop hop) {
    private static final String HEAD = "outdial-dialog 1";
    private static final int LONGEST_TEXT = 65_536;
    private static final Pattern WAY = Pattern.compile("(udp|tcp|tls) (\\[?[0-9a-fA-F:.]+]?) ([0-9]{1,5})( [^ ]+)?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

    /**
     * An address, and how to get there.
     *
     * @param transport {@code udp}, {@code tcp} or {@code tls}
     * @param address an IP address, IPv6 in brackets
     * @param port 1-65535
     * @param verifiedName whom the far end's certificate names, there for TLS only
     */
    public record Hop(String transport, String address, int port, Optional<String> verifiedName) {
        /** Refuses what is no address, and TLS to nobody in particular. */
        public Hop {
            if (!WAY.matcher(transport + ' ' + address + ' ' + port).matches() || port < 1 || port > 65_535) {
                throw new IllegalArgumentException("no way to a far end: " + plain("a hop", transport + address));
            }
            if (verifiedName.isPresent() != transport.equals("tls")) {
                throw new IllegalArgumentException("a TLS hop, and no other, has a name to verify");
            }
            verifiedName.ifPresent(name -> {
                if (name.isEmpty() || name.indexOf(' ') >= 0) throw new IllegalArgumentException("no name of a host");
                plain("the name to verify", name);
            });
        }
    }

    /** Refuses control characters, which would end a line of a message, and numbers that CSeq cannot hold. */
    public StoredDialog {
        plain("the trunk", trunk);
        plain("the Call-ID", callId);
        plain("the local address", local);
        plain("the remote address", remote);
        plain("the remote target", remoteTarget);
        routes = List.copyOf(routes);
        routes.forEach(route -> plain("a route", route));
        if (callId.isBlank() || remoteTarget.isBlank()) {
            throw new IllegalArgumentException("a dialog without a Call-ID or a remote target");
        }
        if (cseq < 0 || cseq >= 1L << 31) throw new IllegalArgumentException("CSeq " + cseq);
        Objects.requireNonNull(hop, "hop");
    }

    /** As text of a few lines, for {@link #parse}. */
    public String text() {
        var lines = new ArrayList<String>();
        lines.add(HEAD);
        lines.add("trunk " + trunk);
        lines.add("call-id " + callId);
        lines.add("local " + local);
        lines.add("remote " + remote);
        lines.add("target " + remoteTarget);
        lines.add("cseq " + cseq);
        lines.add("hop " + hop.transport() + ' ' + hop.address() + ' ' + hop.port()
                + hop.verifiedName().map(name -> ' ' + name).orElse(""));
        routes.forEach(route -> lines.add("route " + route));
        return String.join("\n", lines);
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException for any other text; the message says what is wrong
     */
    public static StoredDialog parse(String text) {
        if (text.length() > LONGEST_TEXT) throw new IllegalArgumentException("no stored dialog: it is too long");
        var lines = new Lines(List.of(text.split("\n", -1)));
        if (!lines.next("").equals(HEAD)) throw new IllegalArgumentException("no stored dialog of a kind known here");
        String trunk = lines.next("trunk ");
        String callId = lines.next("call-id ");
        String local = lines.next("local ");
        String remote = lines.next("remote ");
        String target = lines.next("target ");
        String cseq = lines.next("cseq ");
        if (!NUMBER.matcher(cseq).matches()) throw new IllegalArgumentException("no stored dialog: its CSeq");
        var way = WAY.matcher(lines.next("hop "));
        if (!way.matches()) throw new IllegalArgumentException("no stored dialog: its hop");
        var hop = new Hop(
                way.group(1),
                way.group(2),
                Integer.parseInt(way.group(3)),
                Optional.ofNullable(way.group(4)).map(String::strip));
        var routes = new ArrayList<String>();
        while (lines.isMore()) routes.add(lines.next("route "));
        return new StoredDialog(trunk, callId, local, remote, target, routes, Long.parseLong(cseq), hop);
    }

    /** Who is in the dialog stays out of logs. */
    @Override
    public String toString() {
        return "StoredDialog[" + callId + " over " + trunk + "]";
    }

    private static String plain(String what, String value) {
        if (value.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == 0x85 || c == 0x2028 || c == 0x2029)) {
            throw new IllegalArgumentException(what + " holds a control character");
        }
        return value;
    }

    /** The lines of a text, one after the other. */
    private static final class Lines {
        private final List<String> lines;
        private int taken;

        Lines(List<String> lines) {
            this.lines = lines;
        }

        boolean isMore() {
            return taken < lines.size();
        }

        String next(String name) {
            String line = isMore() ? lines.get(taken++) : "";
            if (!line.startsWith(name)) {
                throw new IllegalArgumentException("no stored dialog: '" + name.strip() + "' is missing");
            }
            return line.substring(name.length());
        }
    }
}
