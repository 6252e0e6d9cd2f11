package dev.outdial.server.calls.live;

import dev.outdial.server.calls.CallRecord;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one writer has yet to write, in order: so many in memory, and what comes after them in a file, from which it is read again when there
 * is room. What is in memory is in the file, too, once it is {@linkplain #putAside put aside}.
 *
 * <p><b>Threading:</b> any may put; one takes.
 */
final class Backlog {
    private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);
    private static final int MOST_IN_MEMORY = 20_000;

    private final Path file;
    private final Deque<Entry> memory = new ArrayDeque<>();
    /** What lies in the file; the first of them were read already. */
    private long inFile;

    private long readBytes;
    private boolean closed;

    /** @param stored completes when it is */
    record Entry(CallChange change, CompletableFuture<Optional<CallRecord>> stored) {}

    /** @param file where a process before this one may have left something */
    Backlog(Path file) {
        this.file = file;
        inFile = Files.exists(file) ? 1 : 0; // at least: reading says how many
    }

    synchronized CompletableFuture<Optional<CallRecord>> put(CallChange change) {
        var entry = new Entry(change, new CompletableFuture<>());
        if (inFile > 0 || memory.size() >= MOST_IN_MEMORY) {
            if (!append(List.of(change))) memory.addLast(entry); // better in no bounds than lost
            else entry.stored().complete(Optional.empty());
        } else {
            memory.addLast(entry);
        }
        notifyAll();
        return entry.stored();
    }

    synchronized long size() {
        return memory.size() + inFile;
    }

    /** The first of what waits; none where nothing does. */
    synchronized List<Entry> next(int most) {
        if (memory.isEmpty() && inFile > 0) read();
        List<Entry> first = new ArrayList<>();
        for (Entry entry : memory) {
            if (first.size() == most) break;
            first.add(entry);
        }
        return first;
    }

    /** The same, as soon as something waits; none where it is closed and nothing does. */
    synchronized List<Entry> await(int most) throws InterruptedException {
        List<Entry> first = next(most);
        while (first.isEmpty() && !closed) {
            wait();
            first = next(most);
        }
        return first;
    }

    /** They are stored. */
    synchronized void done(List<Entry> batch) {
        for (int i = 0; i < batch.size(); i++) {
            memory.removeFirst();
        }
        if (memory.isEmpty() && inFile == 0 && readBytes > 0) forget();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Has all that is left lie in the file, for the next process. */
    synchronized void putAside() {
        if (memory.isEmpty()) return;
        Path whole = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(whole.toAbsolutePath().getParent());
            try (BufferedWriter writer = Files.newBufferedWriter(whole, StandardCharsets.UTF_8)) {
                for (Entry entry : memory)
                    writer.append(ChangeText.line(entry.change())).append('\n');
                for (String line : linesFrom(readBytes)) writer.append(line).append('\n');
            }
            Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
            memory.clear();
        } catch (IOException lost) {
            LOG.error(
                    "{} events are lost: neither the store nor {} can be written",
                    memory.size(),
                    file.getFileName(),
                    lost);
        }
    }

    private boolean append(List<CallChange> changes) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            var text = new StringBuilder();
            changes.forEach(change -> text.append(ChangeText.line(change)).append('\n'));
            Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            inFile += changes.size();
            return true;
        } catch (IOException full) {
            LOG.error("events that wait for the store cannot be written to {}", file.getFileName(), full);
            return false;
        }
    }

    private void read() {
        inFile = 0;
        try {
            List<String> lines = linesFrom(readBytes);
            for (String line : lines) {
                readBytes += line.getBytes(StandardCharsets.UTF_8).length + 1L;
                if (memory.size() >= MOST_IN_MEMORY) {
                    readBytes -= line.getBytes(StandardCharsets.UTF_8).length + 1L;
                    inFile = 1;
                    break;
                }
                parsed(line).ifPresent(change -> memory.addLast(new Entry(change, new CompletableFuture<>())));
            }
            if (memory.isEmpty() && inFile == 0) forget();
        } catch (IOException unreadable) {
            LOG.error("events that waited for the store cannot be read from {}", file.getFileName(), unreadable);
        }
    }

    private List<String> linesFrom(long offset) throws IOException {
        if (!Files.exists(file)) return List.of();
        byte[] bytes = Files.readAllBytes(file);
        int from = (int) Math.min(offset, bytes.length);
        return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private static Optional<CallChange> parsed(String line) {
        try {
            return Optional.of(ChangeText.parse(line));
        } catch (IllegalArgumentException cutOff) {
            LOG.warn("a line of events that waited for the store is left out: {}", cutOff.getMessage());
            return Optional.empty();
        }
    }

    private void forget() {
        try {
            boolean unused = Files.deleteIfExists(file);
            readBytes = 0;
        } catch (IOException stays) {
            LOG.warn("{} cannot be deleted", file.getFileName(), stays);
        }
    }
}
