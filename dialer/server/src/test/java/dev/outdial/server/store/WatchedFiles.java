package dev.outdial.server.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * Files of H2 that count their syncs, keep beside them what the last sync brought to the disk, which is what a power failure leaves, and
 * may be out of space.
 */
public final class WatchedFiles extends FilePathWrapper {
    static final String SCHEME = "watched";
    static final AtomicLong SYNCS = new AtomicLong();
    static volatile boolean isFull;
    /** After each so many writes the file is copied as a process leaves it that is killed then; 0 for never. */
    static volatile int imageEach;

    private static final AtomicInteger WRITES = new AtomicInteger();

    /** Makes H2 know of them. */
    static void register() {
        FilePath.register(new WatchedFiles());
    }

    static Path afterPowerFailure(Path file) {
        return file.resolveSibling("synced-" + file.getFileName());
    }

    /** What {@link #imageEach} left, in order. */
    static List<Path> images(Path file) throws IOException {
        try (Stream<Path> all = Files.list(file.resolveSibling("images"))) {
            return all.sorted().toList();
        }
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Watched(super.open(mode), Path.of(getBase().toString()));
    }

    private static final class Watched extends FileBase {
        private final FileChannel file;
        private final Path path;

        Watched(FileChannel file, Path path) {
            this.file = file;
            this.path = path;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            file.force(metaData);
            // At once, for who looks while it syncs.
            Path whole = path.resolveSibling("syncing-" + path.getFileName());
            Files.copy(path, whole, StandardCopyOption.REPLACE_EXISTING);
            Files.move(whole, afterPowerFailure(path), StandardCopyOption.ATOMIC_MOVE);
            SYNCS.incrementAndGet();
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            refuseIfFull();
            int written = file.write(source, position);
            keepImage();
            return written;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            refuseIfFull();
            return file.write(source);
        }

        private void keepImage() throws IOException {
            int each = imageEach;
            int count = WRITES.incrementAndGet();
            if (each > 0 && count % each == 0) {
                Path images = Files.createDirectories(path.resolveSibling("images"));
                Files.copy(path, images.resolve(String.format(Locale.ROOT, "%08d.mv.db", count)));
            }
        }

        private static void refuseIfFull() throws IOException {
            if (isFull) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return file.read(target, position);
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return file.read(target);
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public FileChannel position(long newPosition) throws IOException {
            file.position(newPosition);
            return this;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            file.truncate(size);
            return this;
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
