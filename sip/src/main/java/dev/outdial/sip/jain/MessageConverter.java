package dev.outdial.sip.jain;

import dev.outdial.sip.message.Header;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.NextHop;
import dev.outdial.sip.message.SipAnswer;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.SipResponse;
import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.header.SIPHeaderList;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/** Turns our answers into jain-sip's messages, and jain-sip's messages into our values. */
final class MessageConverter {
    private static final Set<String> NOT_COPIED = Set.of("via", "content-length", "content-type");

    static void addBody(SIPMessage message, MessageBody body) throws ParseException {
        message.setMessageContent(body.bytes());
        message.setHeader(StringMsgParser.parseSIPHeader("Content-Type: " + body.contentType()));
    }

    /** The response that answers a request so. */
    SIPResponse response(SIPRequest request, SipAnswer answer) throws ParseException {
        SIPResponse response = request.createResponse(answer.status(), answer.reason());
        if (answer.toTag().isPresent() && response.getTo().getTag() == null) {
            response.getTo().setParameter("tag", answer.toTag().get());
        }
        if (answer.body().isPresent()) addBody(response, answer.body().get());
        for (Header header : answer.headers().entries()) {
            // Unlike jain-sip's header factory, its parser takes a field with several values.
            response.setHeader(StringMsgParser.parseSIPHeader(header.name() + ": " + header.value()));
        }
        return response;
    }

    SipRequest copy(SIPRequest request) {
        String method = request.getMethod().toUpperCase(Locale.ROOT);
        return new SipRequest(method, request.getRequestURI().toString(), headersOf(request), bodyOf(request));
    }

    SipResponse copy(Response received) {
        var response = (SIPResponse) received;
        Via via = response.getTopmostVia();
        String branch = via == null || via.getBranch() == null ? "" : via.getBranch();
        String reason = response.getReasonPhrase() == null ? "" : response.getReasonPhrase();
        return new SipResponse(
                response.getStatusCode(), reason, branch, headersOf(response), bodyOf(response), seenAs(via));
    }

    private static Optional<InetSocketAddress> seenAs(@Nullable Via via) {
        if (via == null || via.getReceived() == null || via.getRPort() <= 0 || via.getRPort() > 65_535)
            return Optional.empty();
        String received = via.getReceived();
        boolean bare = received.indexOf(':') >= 0 && !received.startsWith("[");
        return NextHop.literal(bare ? '[' + received + ']' : received)
                .map(address -> new InetSocketAddress(address, via.getRPort()));
    }

    private static Headers headersOf(SIPMessage message) {
        var copied = new ArrayList<Header>();
        for (Iterator<SIPHeader> all = message.getHeaders(); all.hasNext(); ) {
            SIPHeader header = all.next();
            if (NOT_COPIED.contains(header.getName().toLowerCase(Locale.ROOT))) continue;
            if (header instanceof SIPHeaderList<?> list) {
                for (SIPHeader element : list) add(copied, element);
            } else {
                add(copied, header);
            }
        }
        return new Headers(copied);
    }

    // What could not stand in a header of ours is left out: it was never a header of SIP.
    private static void add(List<Header> copied, SIPHeader header) {
        String value = header.getHeaderValue();
        if (value == null) return;
        try {
            copied.add(new Header(header.getName(), value.replace('\t', ' ').strip()));
        } catch (IllegalArgumentException e) {
            return;
        }
    }

    private static Optional<MessageBody> bodyOf(SIPMessage message) {
        byte[] content = message.getRawContent();
        if (content == null || content.length == 0 || message.getContentTypeHeader() == null) return Optional.empty();
        try {
            return Optional.of(new MessageBody(message.getContentTypeHeader().getHeaderValue(), content));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
