package dev.outdial.media;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.file.PcmSource;
import dev.outdial.media.level.HeardSound;
import dev.outdial.media.rtp.EncodedClip;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Decodes, resamples and encodes files on workers, each content once, and keeps the clips used last. <b>Threading:</b> any.
 */
final class ClipCache {
    private static final int PIECE_SAMPLES = 4096;

    private record Key(String contentHash, AudioCodec codec, int ptimeMillis, boolean levelled) {}

    /** Turns sound into the samples of a codec without state. */
    interface Decoder {
        byte[] codes(SoundFinder.Found sound, AudioCodec codec, boolean levelled) throws IOException;
    }

    private final Executor workers;
    private final SoundFinder files;
    private final long maxBytes;
    private final Decoder decoder;
    private final ContentHashes hashes = new ContentHashes();
    private final Map<Key, CompletableFuture<EncodedClip>> clips = new LinkedHashMap<>(16, 0.75f, true);

    /** Keeps clips of {@code maxBytes} together. */
    ClipCache(Executor workers, SoundFinder files, long maxBytes) {
        this(workers, files, maxBytes, ClipCache::codes);
    }

    ClipCache(Executor workers, SoundFinder files, long maxBytes, Decoder decoder) {
        this.files = files;
        this.workers = workers;
        this.maxBytes = maxBytes;
        this.decoder = decoder;
    }

    CompletionStage<EncodedClip> encode(Sound sound, AudioCodec codec, int ptimeMillis, boolean levelled) {
        var result = new CompletableFuture<EncodedClip>();
        Runnable finding = () -> {
            try {
                SoundFinder.Found found = files.find(sound);
                workers.execute(() -> encode(found, codec, ptimeMillis, levelled, result));
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        };
        // Somebody else's server may be slow: it holds no worker up that others wait for.
        if (sound instanceof Sound.InFile) finding.run();
        else Thread.ofVirtual().name("outdial-media-finder").start(finding);
        return result;
    }

    private void encode(
            SoundFinder.Found found,
            AudioCodec codec,
            int ptimeMillis,
            boolean levelled,
            CompletableFuture<EncodedClip> result) {
        try {
            Key key = new Key(content(found), codec, ptimeMillis, levelled);
            // Who asks second waits for the first one's work without holding a worker.
            boolean[] first = {false};
            CompletableFuture<EncodedClip> clip = entry(key, first);
            var unused = clip.whenComplete((encoded, problem) -> {
                if (problem != null) result.completeExceptionally(problem);
                else result.complete(encoded);
            });
            if (first[0]) fill(key, clip, found);
        } catch (Throwable e) {
            result.completeExceptionally(e);
        }
    }

    /** Tells contents apart. */
    private String content(SoundFinder.Found found) throws IOException {
        return switch (found) {
            case SoundFinder.FoundFile file -> hashes.of(file.file(), file.name());
            case SoundFinder.Made made -> made.tone().toString();
            case SoundFinder.Rung rung -> rung.ringing().toString();
        };
    }

    private synchronized CompletableFuture<EncodedClip> entry(Key key, boolean[] created) {
        return clips.computeIfAbsent(key, k -> {
            created[0] = true;
            return new CompletableFuture<>();
        });
    }

    private void fill(Key key, CompletableFuture<EncodedClip> clip, SoundFinder.Found sound) {
        try {
            EncodedClip encoded = key.codec.hasState()
                    ? frames(sound, key)
                    : EncodedClip.of(key.codec, key.ptimeMillis, decoder.codes(sound, key.codec, key.levelled));
            clip.complete(encoded);
            evict();
        } catch (Throwable e) {
            // An error too, no memory say: left unfinished, the clip would hang everyone who asks for it later.
            forget(key);
            clip.completeExceptionally(e);
        }
    }

    private synchronized void forget(Key key) {
        clips.remove(key);
    }

    private synchronized void evict() {
        long bytes = 0;
        for (CompletableFuture<EncodedClip> clip : clips.values()) bytes += byteLength(clip);
        for (Iterator<CompletableFuture<EncodedClip>> i = clips.values().iterator();
                bytes > maxBytes && i.hasNext(); ) {
            bytes -= byteLength(i.next());
            i.remove();
        }
    }

    private static long byteLength(CompletableFuture<EncodedClip> clip) {
        return clip.state() == CompletableFuture.State.SUCCESS
                ? clip.resultNow().byteLength()
                : 0;
    }

    /** Takes samples, piece by piece. */
    private interface Samples {
        void put(short[] samples, int count);
    }

    private static byte[] codes(SoundFinder.Found sound, AudioCodec codec, boolean levelled) throws IOException {
        var codes = new ByteArrayOutputStream();
        ByteBuffer encoded = ByteBuffer.allocate(codec.bytesFor(PIECE_SAMPLES));
        read(sound, codec.sampleRate(), levelled, (samples, count) -> {
            codec.encode(samples, 0, count, encoded.clear());
            codes.write(encoded.array(), 0, encoded.position());
        });
        return codes.toByteArray();
    }

    private static EncodedClip frames(SoundFinder.Found sound, Key key) throws IOException {
        var frames = new ClipFrames(key.codec, key.ptimeMillis);
        read(sound, key.codec.sampleRate(), key.levelled, frames::put);
        return frames.finish();
    }

    private static void read(SoundFinder.Found sound, int sampleRate, boolean levelled, Samples target)
            throws IOException {
        try (PcmSource source = sound.heard(sampleRate, levelled)) {
            float[] in = new float[PIECE_SAMPLES];
            short[] samples = new short[PIECE_SAMPLES];
            for (int n; (n = source.read(in, 0, in.length)) >= 0; ) {
                for (int i = 0; i < n; i++) samples[i] = HeardSound.linear(in[i]);
                target.put(samples, n);
            }
        }
    }
}
