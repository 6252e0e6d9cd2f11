package dev.outdial.media.tone;

/** Told of each tone, on the thread that gives the detector its sound: it returns at once. */
@FunctionalInterface
public interface ToneListener {
    /** A tone was heard. */
    void heard(ToneEvent event);
}
