package dev.outdial.server.interop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A sipp scenario of one call, said step by step in the order in which it has to go. A message that comes otherwise fails
 * the scenario, as does one in which a pattern (a POSIX regular expression) is not found.
 *
 * <p>What is received is kept by method, so that an answer may be given later than at once.
 */
final class SippScript {
    private static final String OUR_TAG = ";tag=[pid]sipp[call_number]";

    /** Where a caller puts itself; a callee repeats what it was called. */
    private static final String CALLER = "From: <sip:caller@[local_ip]:[local_port]>" + OUR_TAG;

    private final StringBuilder steps = new StringBuilder();
    private final TreeSet<String> variables = new TreeSet<>();
    private final boolean called;
    private boolean accepted;
    private boolean inDialog;
    private int number;
    private int inviteNumber;
    private String branch = "";
    private String inviteBranch = "";
    private String lastRequest = "";
    private String lastReceived = "";
    private Optional<String> tag = Optional.empty();
    private int checks;
    private Duration longWait = Duration.ZERO;

    private SippScript(boolean called) {
        this.called = called;
    }

    /** Waits for a call; the INVITE has to show these patterns. */
    static SippScript called(String... patterns) {
        var script = new SippScript(true);
        var self = "<ereg regexp=\":.*\" search_in=\"hdr\" header=\"To\" assign_to=\"self\"/>"
                + "<ereg regexp=\":.*\" search_in=\"hdr\" header=\"From\" assign_to=\"peer\"/>";
        script.variables.addAll(List.of("self", "peer"));
        return script.expectRequest("INVITE", self, patterns);
    }

    /** Sends what it sends first, to the user and address that it is started with. */
    static SippScript calling(String method, String... headers) {
        return new SippScript(false).request(method, headers);
    }

    /** The same with a body. */
    static SippScript calling(String method, SippBody body, String... headers) {
        return new SippScript(false).request(method, body, headers);
    }

    /** Waits for a request. */
    SippScript expect(String method, String... patterns) {
        return expectRequest(method, "", patterns);
    }

    private SippScript expectRequest(String method, String more, String... patterns) {
        lastReceived = method;
        if (method.equals("ACK") && accepted) inDialog = true;
        steps.append("  <recv request=\"").append(method).append("\" crlf=\"true\"");
        if (method.equals("INVITE")) steps.append(" rrs=\"true\"");
        steps.append("><action>\n").append(more);
        keep("(Via: [[:print:]]+[[:cntrl:]]+)+", "search_in=\"msg\"", "via" + method);
        keep(":.*", "search_in=\"hdr\" header=\"From\"", "from" + method);
        keep(":.*", "search_in=\"hdr\" header=\"To\"", "to" + method);
        keep("[0-9]+", "search_in=\"hdr\" header=\"CSeq:\"", "number" + method);
        check(patterns);
        steps.append("  </action></recv>\n");
        return this;
    }

    private void keep(String pattern, String where, String name) {
        variables.add(name);
        steps.append("    <ereg regexp=\"%s\" %s assign_to=\"%s\"/>%n".formatted(pattern, where, name));
    }

    private void check(String... patterns) {
        for (var pattern : patterns) {
            var name = "check" + ++checks;
            variables.add(name);
            boolean absent = pattern.startsWith("!");
            var escaped = pattern.substring(absent ? 1 : 0)
                    .replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace(">", "&gt;")
                    .replace("\"", "&quot;");
            steps.append("    <ereg regexp=\"%s\" search_in=\"msg\" %s=\"true\" assign_to=\"%s\"/>%n"
                    .formatted(escaped, absent ? "check_it_inverse" : "check_it", name));
        }
    }

    /** Waits for a response; a pattern that begins with an exclamation mark must not be found. */
    SippScript expect(int status, String... patterns) {
        return response(status, false, patterns);
    }

    /** Takes a response here if it comes. */
    SippScript maybe(int status) {
        return response(status, true);
    }

    /** Takes it here so many times if it comes. */
    SippScript maybe(int status, int times) {
        for (int i = 0; i < times; i++) maybe(status);
        return this;
    }

    private SippScript response(int status, boolean optional, String... patterns) {
        steps.append("  <recv response=\"").append(status).append('"');
        if (optional) steps.append(" optional=\"true\"");
        // Of the responses to an INVITE sipp takes the target and the route of its later requests.
        if (lastRequest.contains("\nINVITE ") && status > 100 && status < 300) steps.append(" rrs=\"true\"");
        steps.append("><action>\n");
        if (!called) keep(":.*", "search_in=\"hdr\" header=\"To\"", "peer");
        if (status > 100 && status < 200) keep("[0-9]+", "search_in=\"hdr\" header=\"RSeq:\"", "rseq");
        check(patterns);
        steps.append("  </action></recv>\n");
        if (!called && status > 100 && status < 300) inDialog = true;
        return this;
    }

    /** Answers the request that came last. */
    SippScript reply(String status, String... headers) {
        return replyTo(lastReceived, status, headers);
    }

    /** The same with a body. */
    SippScript reply(String status, SippBody body, String... headers) {
        return replyTo(lastReceived, status, body, headers);
    }

    /** Answers the request of that method that came last. */
    SippScript replyTo(String method, String status, String... headers) {
        return response(method, status, Optional.empty(), headers);
    }

    /** The same with a body. */
    SippScript replyTo(String method, String status, SippBody body, String... headers) {
        return response(method, status, Optional.of(body), headers);
    }

    /** What answers from here on goes as from another phone, one that a proxy has asked as well. */
    SippScript as(String phone) {
        tag = Optional.of(";tag=[pid]" + phone);
        return this;
    }

    private SippScript response(String method, String status, Optional<SippBody> body, String... headers) {
        // Of several phones that pick up, the last does so when the first is already talked to.
        boolean isFirstInvite = called && (!inDialog || tag.isPresent()) && method.equals("INVITE");
        boolean withoutTag = method.equals("CANCEL") || isFirstInvite;
        var lines = new ArrayList<>(List.of(
                "SIP/2.0 " + status,
                // The lines with their line ends: a proxy puts one more on top.
                "[$via" + method + "]From[$from" + method + "]",
                "To[$to" + method + "]" + (withoutTag ? tag.orElse(OUR_TAG) : ""),
                "Call-ID: [call_id]",
                "CSeq: [$number" + method + "] " + method,
                "Contact: <sip:sipp@[local_ip]:[local_port];transport=[transport]>"));
        if (lastReceived.equals(method)) lines.add("[last_Record-Route:]");
        if (method.equals("INVITE") && status.startsWith("2")) accepted = true;
        boolean awaitsAcknowledgement = method.equals("INVITE")
                && (!status.startsWith("1") || String.join("\n", headers).contains("RSeq"));
        return send(awaitsAcknowledgement && tag.isEmpty(), lines, body, headers);
    }

    /** Sends a request in the dialog, or the first one of a caller. */
    SippScript request(String method, String... headers) {
        return sendRequest(method, Optional.empty(), headers);
    }

    /** The same with a body. */
    SippScript request(String method, SippBody body, String... headers) {
        return sendRequest(method, Optional.of(body), headers);
    }

    private SippScript sendRequest(String method, Optional<SippBody> body, String... headers) {
        number++;
        branch = "z9hG4bK-[pid]-[call_number]-" + number;
        if (method.equals("INVITE")) {
            inviteNumber = number;
            inviteBranch = branch;
        }
        return transmit(method, number, branch, inDialog || called, body, headers);
    }

    /** Acknowledges the 2xx to the INVITE that was sent last. */
    SippScript acknowledge() {
        return transmit("ACK", inviteNumber, inviteBranch + "a", true, Optional.empty());
    }

    /** The same with the answer to what the 2xx offers. */
    SippScript acknowledge(SippBody body) {
        return transmit("ACK", inviteNumber, inviteBranch + "a", true, Optional.of(body));
    }

    /** Acknowledges a final response other than 2xx, in the INVITE's own transaction. */
    SippScript acknowledgeRefusal() {
        return transmit("ACK", inviteNumber, inviteBranch, called, Optional.empty());
    }

    /** Acknowledges the reliable provisional response that came last (RFC 3262). */
    SippScript prack() {
        return request("PRACK", "RAck: [$rseq] " + inviteNumber + " INVITE");
    }

    /** Cancels the INVITE that was sent last. */
    SippScript cancel() {
        inDialog = false;
        return transmit("CANCEL", inviteNumber, inviteBranch, false, Optional.empty());
    }

    /** Sends the request that was sent last once more, to the byte. */
    SippScript again() {
        steps.append(lastRequest);
        return this;
    }

    /** Sends the request that was sent last as it would arrive by another way (RFC 3261 8.2.2.2). */
    SippScript againByAnotherWay() {
        inviteBranch = branch + "m";
        steps.append(lastRequest.replace("branch=" + branch, "branch=" + inviteBranch));
        return this;
    }

    /** Goes on with the INVITE as it was sent first. */
    SippScript byTheFirstWay() {
        inviteBranch = branch;
        return this;
    }

    private SippScript transmit(
            String method, int number, String branch, boolean within, Optional<SippBody> body, String... headers) {
        boolean bare = method.equals("CANCEL") || (!within && !method.equals("ACK"));
        var lines = new ArrayList<>(List.of(
                method + (within ? " [next_url]" : " sip:[service]@[remote_ip]:[remote_port]") + " SIP/2.0",
                "Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=" + branch,
                "Max-Forwards: 70"));
        if (within) lines.add("[routes]");
        lines.add(called ? "From[$self]" + tag.orElse(OUR_TAG) : CALLER);
        lines.add(bare ? "To: <sip:[service]@[remote_ip]:[remote_port]>" : "To[$peer]");
        lines.add("Call-ID: [call_id]");
        lines.add("CSeq: " + number + " " + method);
        if (!method.equals("ACK") && !method.equals("CANCEL")) {
            lines.add("Contact: <sip:sipp@[local_ip]:[local_port];transport=[transport]>");
        }
        int before = steps.length();
        send(!method.equals("ACK"), lines, body, headers);
        if (!method.equals("ACK")) lastRequest = steps.substring(before);
        return this;
    }

    private SippScript send(boolean repeated, List<String> lines, Optional<SippBody> body, String... headers) {
        steps.append(repeated ? "  <send retrans=\"500\"><![CDATA[\n" : "  <send><![CDATA[\n");
        lines.forEach(line -> steps.append(line).append('\n'));
        for (var header : headers) steps.append(header).append('\n');
        body.ifPresent(b -> steps.append("Content-Type: ").append(b.type()).append('\n'));
        steps.append(body.isPresent() ? "Content-Length: [len]\n\n" : "Content-Length: 0\n\n");
        body.ifPresent(b -> steps.append(b.text()).append('\n'));
        steps.append("]]></send>\n");
        return this;
    }

    /** Does nothing; what comes meanwhile, repetitions apart, is not expected. */
    SippScript pause(int millis) {
        steps.append("  <pause milliseconds=\"").append(millis).append("\"/>\n");
        return this;
    }

    /** Takes the call with the session description that sipp begins with, and waits for the ACK. */
    SippScript answer(String... headers) {
        return reply("200 OK", SippBody.sdp(), headers).expect("ACK");
    }

    /** Says that the script takes longer than others do, by about so much. */
    SippScript takingLong(Duration longWait) {
        this.longWait = longWait;
        return this;
    }

    Duration longWait() {
        return longWait;
    }

    /** Waits until it is hung up on, and says yes. */
    SippScript untilBye(String... patterns) {
        return expect("BYE", patterns).reply("200 OK").pause(100);
    }

    /** Hangs up. */
    SippScript bye() {
        return request("BYE").expect(200);
    }

    /** The scenario as sipp reads it. */
    String xml() {
        // sipp refuses a variable that is set and never read, and a list of none.
        var read = variables.isEmpty() ? "" : "  <Reference variables=\"" + String.join(",", variables) + "\"/>\n";
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <scenario name="script">
                %s%s</scenario>
                """.formatted(steps, read);
    }
}
