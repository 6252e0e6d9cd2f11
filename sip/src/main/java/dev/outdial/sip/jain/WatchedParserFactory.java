package dev.outdial.sip.jain;

import gov.nist.javax.sip.parser.MessageParser;
import gov.nist.javax.sip.parser.MessageParserFactory;
import gov.nist.javax.sip.stack.SIPTransactionStack;

/** Gives each stack its own parser. Public because jain-sip makes it by name. */
public final class WatchedParserFactory implements MessageParserFactory {
    /** For jain-sip. */
    public WatchedParserFactory() {}

    @Override
    public MessageParser createMessageParser(SIPTransactionStack stack) {
        return ((OutdialStack) stack).parser();
    }
}
