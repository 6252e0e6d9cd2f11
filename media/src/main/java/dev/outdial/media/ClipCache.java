package dev.outdial.media;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.file.AudioFiles;
import dev.outdial.media.file.PcmSource;
import dev.outdial.media.resample.Resampler;
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

    private record Key(String contentHash, AudioCodec codec, int ptimeMillis) {}

    /** Turns sound into the samples of a codec. */
    interface Decoder {
        byte[] codes(SoundFinder.Found sound, AudioCodec codec) throws IOException;
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

    CompletionStage<EncodedClip> encode(Sound sound, AudioCodec codec, int ptimeMillis) {
        var result = new CompletableFuture<EncodedClip>();
        Runnable finding = () -> {
            try {
                SoundFinder.Found found = files.find(sound);
                workers.execute(() -> encode(found, codec, ptimeMillis, result));
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
            SoundFinder.Found found, AudioCodec codec, int ptimeMillis, CompletableFuture<EncodedClip> result) {
        try {
            Key key = new Key(hashes.of(found.file()), codec, ptimeMillis);
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

    private synchronized CompletableFuture<EncodedClip> entry(Key key, boolean[] created) {
        return clips.computeIfAbsent(key, k -> {
            created[0] = true;
            return new CompletableFuture<>();
        });
    }

    private void fill(Key key, CompletableFuture<EncodedClip> clip, SoundFinder.Found sound) {
        try {
            EncodedClip encoded = EncodedClip.of(key.codec, key.ptimeMillis, decoder.codes(sound, key.codec));
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
                ? clip.resultNow().sampleCount()
                : 0;
    }

    private static byte[] codes(SoundFinder.Found sound, AudioCodec codec) throws IOException {
        try (PcmSource source = AudioFiles.open(sound.file(), sound.name())) {
            var resampler = new Resampler(source.sampleRate());
            var codes = new ByteArrayOutputStream();
            float[] in = new float[PIECE_SAMPLES];
            float[] out = new float[resampler.outputLimit(PIECE_SAMPLES)];
            short[] samples = new short[out.length];
            ByteBuffer encoded = ByteBuffer.allocate(codec.bytesFor(out.length));
            for (int n; (n = source.read(in, 0, in.length)) >= 0; )
                encode(out, resampler.process(in, n, out), samples, codec, encoded, codes);
            encode(out, resampler.finish(out), samples, codec, encoded, codes);
            return codes.toByteArray();
        }
    }

    private static void encode(
            float[] from, int count, short[] samples, AudioCodec codec, ByteBuffer encoded, ByteArrayOutputStream to) {
        for (int i = 0; i < count; i++)
            samples[i] = (short) Math.clamp(Math.round(from[i] * 32768), Short.MIN_VALUE, Short.MAX_VALUE);
        codec.encode(samples, 0, count, encoded.clear());
        to.write(encoded.array(), 0, encoded.position());
    }
}
