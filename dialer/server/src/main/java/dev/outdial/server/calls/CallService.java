package dev.outdial.server.calls;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Accepts, lists and controls calls. Each method is for one account: another's calls are not found. <b>Threading:</b> any; blocks for as
 * long as the store or the call takes, and is made for virtual threads. Throws {@link ServiceException}.
 */
public interface CallService {
    /**
     * Accepts calls: all of them or, where one makes no sense, none. They are stored, with a sync to the disk, when this returns.
     *
     * @param key the asker's own name for this request: asked again with the same key and body, the same is answered and nothing is done
     */
    Accepted create(String account, List<NewCall> calls, Optional<RequestKey> key);

    /** @param bodyHash tells one body from another */
    record RequestKey(String key, String bodyHash) {}

    /** @param replay whether it was accepted before */
    record Accepted(List<CallRecord> calls, boolean replay) {}

    CallRecord get(String account, String id);

    Page<CallRecord> list(String account, CallQuery query);

    /** Hangs it up where it goes on, and has it listed no more. */
    void delete(String account, String id);

    /** Ends it wherever it stands, queued too; twice does no harm. */
    CallRecord hangUp(String account, String id, String reason);

    void answer(String account, String id);

    void reject(String account, String id, int sipCode);

    void play(String account, String id, List<String> urls, boolean loop, double volumeDb);

    void say(String account, String id, String text, String language, String voice, int times);

    /**
     * Has something heard in place of what is heard now.
     *
     * @return the id that its events {@code media.started} and {@code media.done} have
     */
    String sound(String account, String id, SoundWish wish);

    /** @return whether anything was heard that is not any more */
    boolean stopMedia(String account, String id);

    void sendDigits(String account, String id, String digits, Duration tone, Duration pause);

    void mute(String account, String id, String direction, boolean on);

    default void hold(String account, String id, boolean on) {
        hold(account, id, on, Optional.empty());
    }

    /** @param music the URL of a sound that the far end hears again and again while it is held; silence where empty */
    void hold(String account, String id, boolean on, Optional<String> music);

    /** Blind: its far end is to call that one in our place. */
    void transfer(String account, String id, Address to);

    /**
     * Bridged. What is whispered is brought and decoded first, where its wish says how long that may take.
     *
     * @return the id of the call that is dialled for it
     */
    String transfer(String account, String id, TransferWish wish);

    /** @return the recording's id */
    String record(String account, String id, RecordingWish wish);

    void stopRecording(String account, String id);

    /** What ends a recording besides the call; zero and empty for nothing. */
    record RecordingWish(Duration silence, String endKeys, Duration longest, boolean beep) {}

    /** @return the gathering's id */
    String gather(String account, String id, GatherWish wish);

    GatherView gather(String account, String id, String gatherId);

    void endGather(String account, String id, String gatherId);

    /**
     * @param sayPrompt words; empty for none
     * @param playPrompt a URL; empty for none
     * @param language of the words; US English where empty
     * @param voice who says them; the engine's choice where empty
     * @param loop whether the prompt is heard again and again
     */
    record GatherWish(
            int maxDigits,
            Duration interDigitTime,
            String terminators,
            String sayPrompt,
            String playPrompt,
            String tag,
            String language,
            String voice,
            boolean loop) {
        /** With a prompt that is heard once, in US English. */
        public GatherWish(
                int maxDigits,
                Duration interDigitTime,
                String terminators,
                String sayPrompt,
                String playPrompt,
                String tag) {
            this(maxDigits, interDigitTime, terminators, sayPrompt, playPrompt, tag, "", "", false);
        }
    }

    /** @param state prompting, collecting or completed */
    record GatherView(
            String id,
            String callId,
            String state,
            String reason,
            String digits,
            String tag,
            Instant created,
            Optional<Instant> completed) {}

    /**
     * The figures of its media wire so far, as {@link CallRecord#rtp} has them at the end; empty where this process does not have it up, or
     * nothing was sent or received yet.
     */
    default Optional<String> figures(String account, String id) {
        return Optional.empty();
    }

    /** What happened in one call, in order. */
    List<CallEventRecord> events(String account, String id);
}
