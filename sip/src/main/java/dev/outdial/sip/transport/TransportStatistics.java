package dev.outdial.sip.transport;

/**
 * What a {@link SipTransport} has kept from us since it was opened, and what it went through.
 *
 * @param dropped messages that were too big or came too fast to be read, and those that were not fit to be sent
 * @param unreadable messages that were read and made no sense
 * @param strangers messages of those who are not trusted and do not belong to anything of ours
 * @param rebuilt how often a stack whose threads had died was replaced
 * @param transactions how many transactions are open now
 */
public record TransportStatistics(long dropped, long unreadable, long strangers, long rebuilt, long transactions) {
    /** Of a transport that trusts everybody and never broke down. */
    public TransportStatistics(long dropped, long unreadable) {
        this(dropped, unreadable, 0, 0, 0);
    }
}
