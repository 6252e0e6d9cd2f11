package dev.outdial.server.interop;

import java.util.ArrayList;
import java.util.List;

/** A SIP message as tshark reads it; {@code startLine} is the request's method or the response's status. */
record SipMessage(
        double atSeconds, int sourcePort, int destinationPort, String startLine, String cseq, String expires) {
    static final List<String> FIELDS = List.of(
            "frame.time_relative",
            "udp.srcport",
            "udp.dstport",
            "tcp.srcport",
            "tcp.dstport",
            "sip.Method",
            "sip.Status-Code",
            "sip.CSeq",
            "sip.Expires",
            "sip.contact.parameter");

    /** A TCP segment may hold several messages, which tshark puts in one row with commas. */
    static List<SipMessage> parse(String[] row) {
        var messages = new ArrayList<SipMessage>();
        var starts = (row[5].isEmpty() ? row[6] : row[6].isEmpty() ? row[5] : row[5] + "," + row[6]).split(",");
        var sequences = row[7].split(",");
        for (int i = 0; i < starts.length; i++) {
            messages.add(new SipMessage(
                    Double.parseDouble(row[0]),
                    port(row[1], row[3]),
                    port(row[2], row[4]),
                    starts[i],
                    sequences[Math.min(i, sequences.length - 1)],
                    row[8] + row[9]));
        }
        return messages;
    }

    private static int port(String udp, String tcp) {
        return Integer.parseInt(udp.isEmpty() ? tcp : udp);
    }

    boolean is(String start) {
        return startLine.equals(start);
    }

    /** RFC 3261 10.2.2: a REGISTER that asks for zero seconds takes the binding away. */
    boolean isUnregister() {
        return is("REGISTER") && expires.matches("0|.*expires=0\\b.*|0.*");
    }

    @Override
    public String toString() {
        return "%.3f %d->%d %s (%s)".formatted(atSeconds, sourcePort, destinationPort, startLine, cseq);
    }
}
