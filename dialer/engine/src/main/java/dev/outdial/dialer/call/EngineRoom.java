package dev.outdial.dialer.call;

import dev.outdial.dialer.journal.CallJournal;
import dev.outdial.dialer.ledger.AttemptLedger;
import dev.outdial.media.MediaEngine;
import dev.outdial.sip.UserAgent;
import dev.outdial.sip.trace.CallLogs;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What all calls of one dialer share.
 *
 * @param userAgent sends and receives SIP
 * @param media plays and listens
 * @param ledger grants the permits
 * @param mailboxes the threads on which calls are decided
 * @param logs keep the SIP messages of calls; empty where nobody looks at them
 * @param nanoClock monotonic nanoseconds
 * @param journal keeps what is pressed and played
 * @param lines who waits for which trunk
 */
public record EngineRoom(
        UserAgent userAgent,
        MediaEngine media,
        AttemptLedger ledger,
        Mailboxes mailboxes,
        Optional<CallLogs> logs,
        LongSupplier nanoClock,
        CallJournal journal,
        WaitingLines lines) {}
