package dev.outdial.testbed.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A SIP message as it stood on the wire: first line, headers in their order, body. Immutable. It is read tolerantly and
 * judges nothing; it is not a SIP stack.
 */
public final class SipMessage {
    private static final Pattern SECRET = Pattern.compile("(?i)\\bresponse=\"[^\"]*\"");

    private final StartLine startLine;
    private final List<SipHeader> headers;
    private final byte[] body;

    SipMessage(StartLine startLine, List<SipHeader> headers, byte[] body) {
        this.startLine = startLine;
        this.headers = List.copyOf(headers);
        this.body = body.clone();
    }

    /** Reads one datagram; empty when it is no SIP message. Bare line feeds and folded lines are accepted. */
    public static Optional<SipMessage> parse(byte[] bytes) {
        return MessageReader.read(bytes);
    }

    /** Reads a message from text; as {@link #parse(byte[])}. */
    public static Optional<SipMessage> parse(String text) {
        return MessageReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Begins a request with nothing but its first line. */
    public static SipMessageBuilder request(String method, String uri) {
        return new SipMessageBuilder(new StartLine.Request(method, uri));
    }

    /** Begins a response with nothing but its first line. */
    public static SipMessageBuilder response(int status, String reason) {
        return new SipMessageBuilder(new StartLine.Status(status, reason));
    }

    /** Begins a message that has everything this one has, to change some of it. */
    public SipMessageBuilder toBuilder() {
        var builder = new SipMessageBuilder(startLine);
        headers.forEach(h -> builder.header(h.name(), h.value()));
        return builder.body(body);
    }

    /** The same message with its topmost Via changed. */
    public SipMessage withVia(Via top) {
        var vias = new ArrayList<>(values("Via"));
        if (!vias.isEmpty()) vias.removeFirst();
        var changed = toBuilder().without("Via");
        vias.reversed().forEach(v -> changed.first("Via", v));
        return changed.first("Via", top.toString()).build();
    }

    /** The first line. */
    public StartLine startLine() {
        return startLine;
    }

    /** Whether this is a request. */
    public boolean isRequest() {
        return startLine instanceof StartLine.Request;
    }

    /** Whether this is a request of that method. */
    public boolean isRequest(String method) {
        return startLine instanceof StartLine.Request r && r.method().equals(method);
    }

    /** The method: a request's own, a response's from its CSeq; empty text when there is none. */
    public String method() {
        return switch (startLine) {
            case StartLine.Request r -> r.method();
            case StartLine.Status s -> cseqPart(1);
        };
    }

    /** The request URI; empty text for a response. */
    public String requestUri() {
        return startLine instanceof StartLine.Request r ? r.uri() : "";
    }

    /** The status of a response; 0 for a request. */
    public int status() {
        return startLine instanceof StartLine.Status s ? s.code() : 0;
    }

    /** The reason phrase of a response; empty text for a request. */
    public String reason() {
        return startLine instanceof StartLine.Status s ? s.reason() : "";
    }

    /** All headers in their order. */
    public List<SipHeader> headers() {
        return headers;
    }

    /** The value of the first header of that name, in its long or compact form. */
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(h -> h.isNamed(name))
                .map(SipHeader::value)
                .findFirst();
    }

    /** All values of a header whose values may be listed with commas: Via, Contact, Route, Record-Route, Allow, Supported. */
    public List<String> values(String name) {
        return headers.stream()
                .filter(h -> h.isNamed(name))
                .flatMap(h -> Texts.split(h.value(), ',').stream())
                .toList();
    }

    /** The Call-ID; empty text when there is none. */
    public String callId() {
        return header("Call-ID").orElse("");
    }

    /** The number of the CSeq; -1 when there is none. */
    public long cseqNumber() {
        return Texts.number(cseqPart(0), 0, 0xFFFF_FFFFL).orElse(-1L);
    }

    private String cseqPart(int index) {
        var parts = Texts.split(header("CSeq").orElse("").replace('\t', ' '), ' ');
        return index < parts.size() ? parts.get(index) : "";
    }

    /** The From address. */
    public Optional<NameAddress> from() {
        return header("From").flatMap(NameAddress::parse);
    }

    /** The To address. */
    public Optional<NameAddress> to() {
        return header("To").flatMap(NameAddress::parse);
    }

    /** The tag of From; empty text when there is none. */
    public String fromTag() {
        return tag(from());
    }

    /** The tag of To; empty text when there is none. */
    public String toTag() {
        return tag(to());
    }

    private static String tag(Optional<NameAddress> address) {
        return address.flatMap(NameAddress::tag).orElse("");
    }

    /** The first Contact; empty for {@code *} too. */
    public Optional<NameAddress> contact() {
        return first("Contact", NameAddress::parse);
    }

    /** The topmost Via. */
    public Optional<Via> via() {
        return first("Via", Via::parse);
    }

    /** The branch of the topmost Via; empty text when there is none. */
    public String branch() {
        return via().map(Via::branch).orElse("");
    }

    private <T> Optional<T> first(String name, Function<String, Optional<T>> parse) {
        return values(name).stream().findFirst().flatMap(parse);
    }

    /** The body as text. */
    public String body() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The body. */
    public byte[] bodyBytes() {
        return body.clone();
    }

    /** The message as it goes on the wire. */
    public byte[] toBytes() {
        var head = head().getBytes(StandardCharsets.UTF_8);
        var bytes = new byte[head.length + body.length];
        System.arraycopy(head, 0, bytes, 0, head.length);
        System.arraycopy(body, 0, bytes, head.length, body.length);
        return bytes;
    }

    private String head() {
        var lines = new ArrayList<String>();
        lines.add(startLine.text());
        headers.forEach(h -> lines.add(h.toString()));
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    /** The message for people to read: digest responses are hidden. */
    @Override
    public String toString() {
        return SECRET.matcher(head()).replaceAll("response=\"...\"") + body();
    }
}
