package dev.outdial.sip.session;

/**
 * An UPDATE with an offer before the answer (RFC 3311), told and not answered yet.
 *
 * @param remoteTag in which early dialog
 * @param key names the request
 * @param giveUpAtNanos when it is refused, should nobody answer
 */
record EarlyOffer(String remoteTag, long key, long giveUpAtNanos) {}
