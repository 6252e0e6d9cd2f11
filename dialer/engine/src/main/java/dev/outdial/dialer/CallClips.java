package dev.outdial.dialer;

import dev.outdial.dialer.call.PlayOrder;
import dev.outdial.media.sdp.Negotiation;
import java.util.ArrayList;
import java.util.List;

/** Brings clips as one call wants them: in the codec that it has agreed on. <b>Threading:</b> any thread; waits for the answer and the clips. */
final class CallClips {
    private final CallAwait await;
    private final ClipLibrary clips;

    CallClips(CallAwait await, ClipLibrary clips) {
        this.await = await;
        this.clips = clips;
    }

    /** What may bring another codec. */
    @FunctionalInterface
    interface Change {
        void make() throws InterruptedException;
    }

    /** One, brought before a change, so that one that cannot be played changes nothing; and again after it where that is needed. */
    PlayOrder orderAround(AudioClip clip, Change change) throws InterruptedException {
        Negotiation.Agreed before = await.agreed();
        PlayOrder order = order(clip, before);
        change.make();
        Negotiation.Agreed now = await.agreed();
        return isAlike(before, now) ? order : order(clip, now);
    }

    /** One, by what is agreed now. */
    PlayOrder order(AudioClip clip) throws InterruptedException {
        return order(clip, await.agreed());
    }

    /** Several, by what is agreed when the last of them was brought. */
    List<PlayOrder> orders(List<AudioClip> several) throws InterruptedException {
        Negotiation.Agreed agreed = await.agreed();
        List<PlayOrder> orders = orders(several, agreed);
        // What took long to bring may have been overtaken by another codec.
        for (Negotiation.Agreed now = await.agreed(); !isAlike(now, agreed); now = await.agreed()) {
            agreed = now;
            orders = orders(several, agreed);
        }
        return orders;
    }

    private List<PlayOrder> orders(List<AudioClip> several, Negotiation.Agreed agreed) throws InterruptedException {
        List<PlayOrder> orders = new ArrayList<>();
        for (AudioClip clip : several) {
            orders.add(order(clip, agreed));
        }
        return orders;
    }

    private PlayOrder order(AudioClip clip, Negotiation.Agreed agreed) throws InterruptedException {
        return new PlayOrder(
                clips.encoded(clip, agreed.codec(), agreed.ptimeMillis()),
                clip.times(),
                clip.volumeDb(),
                ClipLibrary.name(clip.source()));
    }

    private static boolean isAlike(Negotiation.Agreed one, Negotiation.Agreed other) {
        return one.codec() == other.codec() && one.ptimeMillis() == other.ptimeMillis();
    }
}
