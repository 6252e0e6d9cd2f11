package dev.outdial.server.webhook;

import java.time.Instant;
import java.util.List;

/** What is to be delivered, as the loop sees it. Throws {@code ServiceException} where the store cannot be reached. */
interface Deliveries {
    /** The receivers that something is due for. */
    List<String> receiversDue(Instant now);

    /** Takes some that are due: the first of each stream alone. */
    List<Parcel> take(String receiver, Instant now, int limit);

    /** Writes down what became of some. */
    void finish(List<Finished> finished, Instant now);

    /**
     * What became of a delivery.
     *
     * @param isBack whether its receiver was down and has answered: what else waits for it is due
     */
    record Finished(Parcel parcel, Verdict verdict, boolean isBack) {}

    /** Gives up what is too old for a receiver, however often it was tried. */
    void giveUpOld(String receiver, Instant now);
}
