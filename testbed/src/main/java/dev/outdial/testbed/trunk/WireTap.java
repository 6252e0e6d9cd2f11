package dev.outdial.testbed.trunk;

import dev.outdial.testbed.capture.PcapWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes what passes to a capture file, if one is wanted; after a failure it says so once and stops. Belongs to the loop. */
final class WireTap implements AutoCloseable {
    private final Consumer<Throwable> failures;
    private Optional<PcapWriter> writer;

    WireTap(Optional<Path> file, Consumer<Throwable> failures) {
        this.failures = failures;
        try {
            writer =
                    file.isPresent() ? Optional.of(PcapWriter.create(file.get(), System.nanoTime())) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the capture: " + e.getMessage(), e);
        }
    }

    void note(long nowNanos, InetSocketAddress from, InetSocketAddress to, byte[] payload) {
        if (writer.isEmpty()) return;
        try {
            writer.get().write(nowNanos, PcapWriter.concrete(from), PcapWriter.concrete(to), payload);
        } catch (IOException e) {
            close();
            failures.accept(e);
        }
    }

    @Override
    public void close() {
        try {
            if (writer.isPresent()) writer.get().close();
        } catch (IOException e) {
            failures.accept(e);
        }
        writer = Optional.empty();
    }
}
