package dev.outdial.sip.transport;

/**
 * What a {@link SipTransport} has kept from us since it was opened.
 *
 * @param dropped messages that were too big or came too fast to be read, and those that were not fit to be sent
 * @param unreadable messages that were read and made no sense
 */
public record TransportStatistics(long dropped, long unreadable) {}
