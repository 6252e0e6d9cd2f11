package dev.outdial.dialer;

import dev.outdial.dialer.sound.FetchOptions;
import dev.outdial.dialer.sound.SoundOptions;
import dev.outdial.dialer.sound.Speech;
import dev.outdial.media.MediaConfig;
import dev.outdial.media.SoundChecker;
import dev.outdial.media.fetch.AddressRule;
import dev.outdial.media.fetch.FetchPolicy;
import dev.outdial.media.fetch.GuardedFetcher;
import dev.outdial.media.speech.Speaker;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/** Where the sound of clips comes from that is no file: who fetches it and who speaks it. <b>Threading:</b> any thread. */
final class SoundSources implements AutoCloseable {
    private final SoundOptions options;
    private final GuardedFetcher fetcher;
    private final Speech speech;

    SoundSources(SoundOptions options) {
        this.options = options;
        fetcher = fetcher(options.fetch());
        speech = Speech.open(options.speech());
    }

    private static GuardedFetcher fetcher(FetchOptions options) {
        FetchPolicy policy = FetchPolicy.DEFAULT.withPorts(options.ports());
        return new GuardedFetcher(
                options.privateAddresses() ? policy.withAddresses(AddressRule.ANY) : policy, options.folder());
    }

    /** Has media fetch and speak by these. */
    MediaConfig serve(MediaConfig media) {
        return media.withFetcher(fetcher).withSpeaker(speaker());
    }

    /** Says what will be heard of a clip that comes from these. */
    SoundChecker checker() {
        return new SoundChecker(Optional.of(fetcher), Optional.of(speaker()));
    }

    private Speaker speaker() {
        return words -> speech.say(words.text(), words.language(), words.voice());
    }

    /** What speaks against a clip, as {@link Dialer#objection(AudioClip)} has it. */
    Optional<String> objection(AudioClip clip) {
        return switch (clip.source()) {
            case AudioClip.FromFile file ->
                Files.isRegularFile(file.path()) ? Optional.empty() : Optional.of("there is no file " + file);
            case AudioClip.FromUrl url -> options.fetch().objection(url.address());
            case AudioClip.Words words -> objection(clip, words);
            case AudioClip.Tone tone -> Optional.empty();
            case AudioClip.RingBack ringing -> Optional.empty();
        };
    }

    private Optional<String> objection(AudioClip clip, AudioClip.Words words) {
        try {
            speech.check(words.text(), words.language(), words.voice());
            return Optional.empty();
        } catch (IOException unspoken) {
            return Optional.of(
                    String.valueOf(ClipLibrary.unplayable(clip, unspoken).getMessage()));
        }
    }

    @Override
    public void close() {
        fetcher.close();
        speech.close();
    }
}
