package dev.outdial.sip;

import dev.outdial.sip.dialog.InDialogRequests;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.TransactionId;
import dev.outdial.sip.options.OptionsProbe;
import dev.outdial.sip.options.OptionsProbe.Attempt;
import dev.outdial.sip.options.OptionsProbe.Verdict;
import dev.outdial.sip.transport.Responder;
import dev.outdial.sip.transport.SipTransport;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Waits for the answer to one OPTIONS request, hop by hop. <b>Threading:</b> any thread. */
final class OptionsRunner implements Party {
    /** Timer F is the transport's; this one is a second later, should the transport have died. */
    static final long NO_RESPONSE_SECONDS = 33;

    private static final String SILENCE = "no answer to OPTIONS";

    private final String callId;
    private final OptionsProbe probe;
    private final List<Hop> hops;
    private final SipTransport transport;
    private final Addresses addresses;
    private final Switchboard switchboard;
    private final ScheduledThreadPoolExecutor clock;
    private final CompletableFuture<SipResponse> answer = new CompletableFuture<>();
    private final Deque<Way> left = new ArrayDeque<>();
    private Optional<Attempt> out = Optional.empty();
    private Optional<Future<?>> deadline = Optional.empty();

    private record Way(Hop hop, SipUri contact) {}

    OptionsRunner(
            String callId,
            OptionsProbe probe,
            List<Hop> hops,
            SipTransport transport,
            Addresses addresses,
            Switchboard switchboard,
            ScheduledThreadPoolExecutor clock) {
        this.callId = callId;
        this.probe = probe;
        this.hops = List.copyOf(hops);
        this.transport = transport;
        this.addresses = addresses;
        this.switchboard = switchboard;
        this.clock = clock;
    }

    /** Sends the request; to be called once, after the switchboard knows this party. */
    synchronized void start() {
        String trouble = "there is nobody to ask";
        String user = probe.asker().flatMap(SipUri::user).orElse(UserAgent.NAMELESS);
        for (Hop hop : hops) {
            try {
                left.add(new Way(hop, addresses.contactUri(probe.target(), user, hop)));
            } catch (IOException e) {
                trouble = String.valueOf(e.getMessage());
            }
        }
        askNextOr(trouble);
    }

    CompletionStage<Integer> status() {
        return answer.thenApply(SipResponse::status);
    }

    /** The final response itself. */
    CompletionStage<SipResponse> answer() {
        return answer.copy();
    }

    @Override
    public synchronized void responded(SipResponse response) {
        if (response.isProvisional() || !isAwaited(response.branch())) return;
        Attempt attempt = out.orElseThrow();
        addresses.heard(attempt.request().hop(), hops, response, System.nanoTime());
        switch (probe.judge(attempt, response)) {
            case Verdict.Again again -> send(again.attempt());
            case Verdict.Elsewhere elsewhere -> {
                if (!askNext()) complete(response);
            }
            case Verdict.Answered answered -> complete(response);
        }
    }

    @Override
    public void requested(SipRequest request, Responder responder) {
        InDialogRequests.answerOutOfDialog(request).ifPresent(responder::answer);
    }

    @Override
    public void sent(TransactionId transaction) {}

    @Override
    public void withdrawn(TransactionId transaction) {}

    @Override
    public synchronized void timedOut(TransactionId transaction) {
        if (isAwaited(transaction.branch())) askNextOr(SILENCE);
    }

    @Override
    public synchronized void failed(TransactionId transaction, String why) {
        if (isAwaited(transaction.branch())) askNextOr(why);
    }

    @Override
    public synchronized void closed() {
        fail("the SIP user agent was closed");
    }

    private boolean isAwaited(String branch) {
        return out.filter(attempt -> attempt.request().branch().equals(branch)).isPresent();
    }

    private void askNextOr(String trouble) {
        if (!askNext()) fail(trouble);
    }

    private boolean askNext() {
        if (left.isEmpty()) return false;
        Way way = left.remove();
        send(probe.ask(way.hop(), way.contact(), out.map(Attempt::cseq).orElse(0) + 1));
        return true;
    }

    private void send(Attempt attempt) {
        out = Optional.of(attempt);
        setDeadline(attempt.request().branch());
        transport.send(attempt.request());
    }

    private void setDeadline(String branch) {
        stopWaiting();
        try {
            deadline = Optional.of(clock.schedule(() -> silent(branch), NO_RESPONSE_SECONDS, TimeUnit.SECONDS));
        } catch (RejectedExecutionException e) {
            // The agent is closed; it tells every party so itself.
            return;
        }
    }

    private synchronized void silent(String branch) {
        if (isAwaited(branch)) askNextOr(SILENCE);
    }

    private void stopWaiting() {
        deadline.ifPresent(pending -> pending.cancel(false));
        deadline = Optional.empty();
    }

    // Whoever waits for the status may take his time over it: neither a receiving thread nor the clock does it for him.
    private void end(Runnable completion) {
        out = Optional.empty();
        stopWaiting();
        switchboard.disconnect(callId);
        Thread.startVirtualThread(completion);
    }

    private void complete(SipResponse finalResponse) {
        end(() -> answer.complete(finalResponse));
    }

    private void fail(String why) {
        end(() -> answer.completeExceptionally(new SipException(why)));
    }
}
