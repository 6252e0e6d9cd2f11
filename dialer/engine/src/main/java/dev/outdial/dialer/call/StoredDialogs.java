package dev.outdial.dialer.call;

import dev.outdial.dialer.journal.DialogEnd;
import dev.outdial.dialer.journal.StoredDialog;
import dev.outdial.sip.SipException;
import dev.outdial.sip.UserAgent;
import dev.outdial.sip.dialog.Dialog;
import dev.outdial.sip.dialog.NumberedDialog;
import dev.outdial.sip.message.Credentials;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.HostPort;
import dev.outdial.sip.message.NextHop;
import dev.outdial.sip.message.TransportProtocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes values for the journal of dialogs, and dialogs of them, and ends those. */
public final class StoredDialogs {
    /**
     * What was sent within the dialog after it was stored (re-INVITE, UPDATE, INFO) was counted by nobody who is left. Numbers may be left
     * out, and must not be lower than those before (RFC 3261 section 12.2.2).
     */
    static final long SKIPPED = 100_000;

    private StoredDialogs() {}

    static StoredDialog stored(String trunk, NumberedDialog numbered) {
        Dialog dialog = numbered.dialog();
        Hop hop = dialog.hop();
        return new StoredDialog(
                trunk,
                dialog.callId(),
                dialog.local(),
                dialog.remote(),
                dialog.remoteTarget(),
                dialog.routes(),
                numbered.localCseq(),
                new StoredDialog.Hop(
                        hop.transport().parameter(),
                        HostPort.of(hop.address().getAddress()),
                        hop.address().getPort(),
                        hop.verifiedName()));
    }

    /**
     * The dialog with a number that is higher than any before.
     *
     * @throws IllegalArgumentException where its hop is no address
     */
    static NumberedDialog dialog(StoredDialog stored) {
        StoredDialog.Hop way = stored.hop();
        InetAddress address = NextHop.literal(way.address())
                .orElseThrow(() -> new IllegalArgumentException("call " + stored.callId() + ": no address to end it"));
        var hop = new Hop(
                new InetSocketAddress(address, way.port()),
                TransportProtocol.valueOf(way.transport().toUpperCase(Locale.ROOT)),
                way.verifiedName());
        return new NumberedDialog(
                new Dialog(
                        stored.callId(), stored.local(), stored.remote(), stored.remoteTarget(), stored.routes(), hop),
                Math.min(stored.cseq() + SKIPPED, (1L << 31) - 16));
    }

    /**
     * Ends it by BYE. <b>Blocks</b> for that long at most.
     *
     * @throws IllegalArgumentException where its hop is no address
     */
    public static DialogEnd end(
            UserAgent userAgent, StoredDialog stored, Optional<Credentials> credentials, Duration longest)
            throws InterruptedException {
        NumberedDialog dialog = dialog(stored);
        try {
            var status = userAgent.bye(dialog, credentials);
            if (status.isEmpty()) return new DialogEnd.GoesOn();
            return new DialogEnd.Answered(
                    status.get().toCompletableFuture().get(longest.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException silent) {
            return new DialogEnd.NotAnswered("no answer to BYE within " + longest.toSeconds() + " s");
        } catch (SipException unsendable) {
            return new DialogEnd.NotAnswered(String.valueOf(unsendable.getMessage()));
        } catch (ExecutionException failed) {
            Throwable why = failed.getCause() == null ? failed : failed.getCause();
            return new DialogEnd.NotAnswered(String.valueOf(why.getMessage()));
        }
    }
}
