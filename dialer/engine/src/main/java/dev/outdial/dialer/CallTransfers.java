package dev.outdial.dialer;

import dev.outdial.dialer.bridge.BridgeOptions;
import dev.outdial.dialer.call.PlayOrder;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.message.SipUri;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Has the far end of a call talk to somebody else, by its own phone or through us. <b>Threading:</b> any thread; waits for how that goes. */
final class CallTransfers {
    private final Call call;
    private final CallAwait await;
    private final Dialer dialer;

    CallTransfers(Call call, CallAwait await, Dialer dialer) {
        this.call = call;
        this.await = await;
        this.dialer = dialer;
    }

    /** As {@link Call#transfer} has it. */
    void to(SipUri target) throws InterruptedException {
        requireDone(await.result(await.answered().transfer(target)));
    }

    /** As {@link Call#transferTo} has it. */
    void to(Call other) throws InterruptedException {
        requireAnother(other);
        await.answered();
        CompletableFuture<SessionEvent.TransferProgress> told = call.talk().transferTo(other.awaitTalk());
        // Whether or not anybody still waits here.
        var unused = told.thenAccept(last -> {
            if (isSuccess(last)) {
                call.hangUp();
                other.hangUp();
            }
        });
        requireDone(await.result(told));
    }

    private static void requireDone(SessionEvent.TransferProgress last) {
        if (last.status() >= 300) {
            throw new DialerException("the transfer failed: " + last.status() + " " + last.reason());
        }
    }

    /** A 202 says that it was taken on, and where it is the last word no more than that. */
    private static boolean isSuccess(SessionEvent.TransferProgress last) {
        return last.status() >= 200 && last.status() < 300 && last.status() != 202;
    }

    /** As {@link Call#transferBridged(DialRequest, AudioClip)} has it. */
    Answer bridged(DialRequest request, Optional<PlayOrder> music) throws InterruptedException {
        await.answered();
        return bridged(dialer.dial(request), music);
    }

    /** As {@link Call#transferBridged(Call)} has it. */
    Answer bridged(Call third) throws InterruptedException {
        requireAnother(third);
        try {
            await.answered();
        } catch (InterruptedException | CallEndedException over) {
            third.hangUp();
            throw over;
        }
        return bridged(third, Optional.empty());
    }

    private void requireAnother(Call other) {
        if (other.leg().equals(call.leg())) throw new IllegalArgumentException("a transfer of a call to itself");
    }

    private Answer bridged(Call third, Optional<PlayOrder> music) throws InterruptedException {
        BridgeOptions options = music.isPresent() ? BridgeOptions.DEFAULT : BridgeOptions.DEFAULT.withEarlyMedia();
        // Before anybody can answer: who answers at once ends it.
        music.ifPresent(order -> call.talk().playMusic(order, false));
        var transfer = new BridgedTransfer(call, third, dialer.bridge(call, third, options, event -> {}));
        try {
            return await.result(transfer.begin());
        } catch (InterruptedException interrupted) {
            transfer.giveUp();
            throw interrupted;
        }
    }
}
