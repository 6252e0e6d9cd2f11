package dev.outdial.media.speech;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Takes an answer's body into a file, and breaks it off where it becomes too long. <b>Threading:</b> called by the HTTP client only. */
final class BoundedFile implements HttpResponse.BodySubscriber<Path> {
    private final Path target;
    private final long maxBytes;
    private final String from;
    private final CompletableFuture<Path> whole = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;
    private @Nullable FileChannel file;
    private long total;

    /** @param from who answers, for messages */
    BoundedFile(Path target, long maxBytes, String from) {
        this.target = target;
        this.maxBytes = maxBytes;
        this.from = from;
    }

    @Override
    public CompletionStage<Path> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
        subscription = begun;
        try {
            file = FileChannel.open(
                    target, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
            begun.request(Long.MAX_VALUE);
        } catch (IOException unwritable) {
            breakOff(unwritable);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
        FileChannel open = file;
        if (open == null || whole.isDone()) return;
        try {
            for (ByteBuffer piece : pieces) {
                total += piece.remaining();
                if (total > maxBytes)
                    throw new SpeechException("speech service " + from + " answered more than " + maxBytes + " bytes");
                while (piece.hasRemaining()) open.write(piece);
            }
        } catch (IOException trouble) {
            breakOff(trouble);
        }
    }

    private void breakOff(IOException why) {
        if (subscription != null) subscription.cancel();
        closeFile();
        whole.completeExceptionally(why);
    }

    @Override
    public void onError(Throwable failure) {
        closeFile();
        whole.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        closeFile();
        whole.complete(target);
    }

    private void closeFile() {
        try {
            if (file != null) file.close();
        } catch (IOException unwritable) {
            whole.completeExceptionally(unwritable);
        }
    }
}
