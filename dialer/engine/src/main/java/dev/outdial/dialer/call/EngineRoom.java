package dev.outdial.dialer.call;

import dev.outdial.dialer.ledger.AttemptLedger;
import dev.outdial.media.MediaEngine;
import dev.outdial.sip.UserAgent;
import java.util.function.LongSupplier;

/**
 * What all calls of one dialer share.
 *
 * @param userAgent sends and receives SIP
 * @param media plays and listens
 * @param ledger grants the permits
 * @param mailboxes the threads on which calls are decided
 * @param nanoClock monotonic nanoseconds
 */
public record EngineRoom(
        UserAgent userAgent, MediaEngine media, AttemptLedger ledger, Mailboxes mailboxes, LongSupplier nanoClock) {}
