package dev.outdial.sip.jain;

import gov.nist.javax.sip.header.CSeq;
import gov.nist.javax.sip.header.CallID;
import gov.nist.javax.sip.header.ContentLength;
import gov.nist.javax.sip.header.From;
import gov.nist.javax.sip.header.RequestLine;
import gov.nist.javax.sip.header.StatusLine;
import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.MessageParser;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * jain-sip's parser, of which nothing escapes but {@link ParseException}: an Error, such as a stack overflow, would end the thread that works
 * on datagrams. <b>Threading:</b> any thread.
 */
final class WatchedParser implements MessageParser {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedParser.class);
    private static final Set<Class<?>> INDISPENSABLE = Set.of(
            From.class,
            To.class,
            CSeq.class,
            Via.class,
            CallID.class,
            ContentLength.class,
            RequestLine.class,
            StatusLine.class);

    private final StringMsgParser parser = new StringMsgParser();

    @Override
    public @Nullable SIPMessage parseSIPMessage(
            byte[] bytes, boolean readBody, boolean strict, ParseExceptionListener ignored) throws ParseException {
        // Of a connection it gets the head only, and jain-sip reads the body afterwards.
        if (!readBody) return headOf(bytes, strict);
        return parse(bytes, true, strict);
    }

    private @Nullable SIPMessage parse(byte[] bytes, boolean readBody, boolean strict) throws ParseException {
        try {
            return parser.parseSIPMessage(bytes, readBody, strict, WatchedParser::refuse);
        } catch (ParseException e) {
            throw e;
        } catch (Throwable e) { // see the class comment
            LOG.debug("a message was not read: {}", e.getClass().getName());
            throw new ParseException("unreadable", 0);
        }
    }

    // jain-sip would not read the body of a head that makes no sense, and take it for the next message. A request
    // without
    // any header has its body read, and is then dropped.
    private @Nullable SIPMessage headOf(byte[] bytes, boolean strict) throws ParseException {
        try {
            return parse(bytes, false, strict);
        } catch (ParseException e) {
            int length = contentLength(bytes);
            if (length <= 0) throw e;
            var sponge = new SIPRequest();
            sponge.setHeader(new ContentLength(length));
            return sponge;
        }
    }

    // StreamFraming has seen to it that there is a number, and only one.
    private static int contentLength(byte[] head) throws ParseException {
        for (String line : new String(head, StandardCharsets.ISO_8859_1).split("[\r\n]+")) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            if (!name.equals("content-length") && !name.equals("l")) continue;
            try {
                return Integer.parseInt(line.substring(colon + 1).strip());
            } catch (NumberFormatException e) {
                throw new ParseException("unreadable", 0);
            }
        }
        return 0;
    }

    // What jain-sip's channels do, but that those of TCP close the connection.
    private static void refuse(
            ParseException e, SIPMessage message, @Nullable Class<?> header, String text, String whole)
            throws ParseException {
        if (header != null && INDISPENSABLE.contains(header)) throw e;
        message.addUnparsed(text);
    }
}
