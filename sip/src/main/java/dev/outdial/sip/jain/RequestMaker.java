package dev.outdial.sip.jain;

import dev.outdial.sip.message.Header;
import dev.outdial.sip.message.HostPort;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.SipRequest;
import gov.nist.javax.sip.address.AddressImpl;
import gov.nist.javax.sip.address.GenericURI;
import gov.nist.javax.sip.header.AddressParametersHeader;
import gov.nist.javax.sip.header.CSeq;
import gov.nist.javax.sip.header.CallID;
import gov.nist.javax.sip.header.Contact;
import gov.nist.javax.sip.header.ExtensionHeaderImpl;
import gov.nist.javax.sip.header.From;
import gov.nist.javax.sip.header.MaxForwards;
import gov.nist.javax.sip.header.RequestLine;
import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sip.InvalidArgumentException;
import org.jspecify.annotations.Nullable;

/**
 * Puts jain-sip's requests together from ours, header by header. To write them out and let jain-sip read them was a sixth of what a call
 * took of the heap: what every request has is made as it is, and only the rest is read.
 */
final class RequestMaker {
    /** What the stack does not look at: it is written as it stands. */
    private static final Set<String> UNREAD = Set.of(
            "Accept",
            "Allow",
            "Min-SE",
            "Privacy",
            "P-Asserted-Identity",
            "P-Preferred-Identity",
            "Reason",
            "Session-Expires",
            "Supported",
            "User-Agent");

    private RequestMaker() {}

    /** A request with a Via of that local address; it asks for rport (RFC 3581). */
    static SIPRequest request(OutboundRequest outbound, InetSocketAddress local) throws ParseException {
        SipRequest request = outbound.request();
        var made = new SIPRequest();
        made.setRequestLine(new RequestLine(uri(request.uri()), request.method()));
        made.attachHeader(via(outbound, local), false);
        // After the others, which is where they stand when jain-sip has read those.
        List<SIPHeader> unread = new ArrayList<>();
        for (Header header : request.headers().entries()) {
            if (UNREAD.contains(header.name())) unread.add(written(header));
            else made.attachHeader(made(header), false);
        }
        for (SIPHeader header : unread) made.addHeader(header);
        HopRouter.give(made, outbound.hop());
        if (request.body().isPresent())
            MessageConverter.addBody(made, request.body().get());
        return made;
    }

    private static Via via(OutboundRequest outbound, InetSocketAddress local) throws ParseException {
        var via = new Via();
        via.setTransport(outbound.hop().transport().name());
        via.setHost(HostPort.of(local.getAddress()));
        try {
            via.setPort(local.getPort());
        } catch (InvalidArgumentException e) {
            throw unwritable("Via", e);
        }
        via.setBranch(outbound.branch());
        via.setRPort();
        return via;
    }

    private static SIPHeader written(Header header) {
        var written = new ExtensionHeaderImpl(header.name());
        written.setValue(header.value());
        return written;
    }

    private static SIPHeader made(Header header) throws ParseException {
        String value = header.value();
        SIPHeader made = switch (header.name()) {
            case "From" -> addressed(new From(), value);
            case "To" -> addressed(new To(), value);
            case "Contact" -> addressed(new Contact(), value);
            case "Call-ID" -> callId(value);
            case "CSeq" -> cseq(value);
            case "Max-Forwards" -> maxForwards(value);
            default -> null;
        };
        return made == null ? StringMsgParser.parseSIPHeader(header.name() + ": " + value) : made;
    }

    private static SIPHeader callId(String value) throws ParseException {
        var made = new CallID();
        made.setCallId(value);
        return made;
    }

    private static SIPHeader cseq(String value) throws ParseException {
        int space = value.indexOf(' ');
        try {
            return new CSeq(Long.parseLong(value, 0, Math.max(0, space), 10), value.substring(space + 1));
        } catch (NumberFormatException e) {
            throw unwritable("CSeq", e);
        }
    }

    private static SIPHeader maxForwards(String value) throws ParseException {
        try {
            return new MaxForwards(Integer.parseInt(value));
        } catch (NumberFormatException | InvalidArgumentException e) {
            throw unwritable("Max-Forwards", e);
        }
    }

    /** That header with {@code "name" <uri>;name=value}; null where it is written in another way, which jain-sip may read. */
    private static @Nullable SIPHeader addressed(AddressParametersHeader made, String value) throws ParseException {
        int nameEnd = endOfQuoted(value);
        int open = value.indexOf('<', nameEnd);
        int close = value.lastIndexOf('>');
        if (open < 0 || close < open || !value.substring(nameEnd, open).isBlank()) return null;
        String uri = value.substring(open + 1, close);
        String parameters = value.substring(close + 1);
        if (!isOneWord(uri) || !isPlain(parameters)) return null;
        var address = new AddressImpl();
        if (nameEnd > 0) address.setDisplayName(value.substring(1, nameEnd - 1));
        address.setURI(uri(uri));
        address.setAddressType(AddressImpl.NAME_ADDR);
        made.setAddress(address);
        for (int from = 0; from < parameters.length(); ) {
            int end = parameters.indexOf(';', from + 1);
            if (end < 0) end = parameters.length();
            int equals = parameters.indexOf('=', from);
            if (equals > end) equals = -1;
            made.setParameter(
                    parameters.substring(from + 1, equals < 0 ? end : equals),
                    equals < 0 ? null : parameters.substring(equals + 1, end));
            from = end;
        }
        return made;
    }

    /** Where the quoted text ends that a value begins with; 0 where it begins with none, or with one that has no end. */
    private static int endOfQuoted(String value) {
        if (!value.startsWith("\"")) return 0;
        for (int i = 1; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\') i++;
            else if (c == '"') return i + 1;
        }
        return 0;
    }

    /** Whether these are parameters without quotes and spaces, each with a name. */
    private static boolean isPlain(String parameters) {
        if (!parameters.isEmpty() && !parameters.startsWith(";")) return false;
        boolean isEachNamed = !parameters.endsWith(";") && !parameters.contains(";;") && !parameters.contains(";=");
        return isEachNamed && parameters.indexOf(',') < 0 && isOneWord(parameters);
    }

    private static GenericURI uri(String text) throws ParseException {
        if (!isOneWord(text)) throw new ParseException("a URI cannot be written so", 0);
        return new GenericURI(text);
    }

    private static boolean isOneWord(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == 0x7f || c == '<' || c == '>' || c == '"') return false;
        }
        return true;
    }

    private static ParseException unwritable(String header, Exception cause) {
        var exception = new ParseException(header + " cannot be written so", 0);
        exception.initCause(cause);
        return exception;
    }
}
