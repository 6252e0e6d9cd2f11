package dev.outdial.dialer.call;

import java.util.concurrent.CompletionStage;

/** A far end that may be heard by another. <b>Threading:</b> any thread; nothing waits. */
public interface Voice {
    /**
     * Has its far end and another's hear each other from now on.
     *
     * @param passingKeys whether keys are pressed at the other far end too
     */
    Joint join(Voice other, boolean passingKeys);

    /**
     * Two that hear each other.
     *
     * @param opened completes when they do; on a thread that must not wait
     * @param apart takes them apart; doing it twice does no harm
     */
    record Joint(CompletionStage<?> opened, Runnable apart) {}
}
