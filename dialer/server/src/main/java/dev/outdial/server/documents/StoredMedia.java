package dev.outdial.server.documents;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.dialer.AudioCheck;
import dev.outdial.dialer.DialerException;
import dev.outdial.server.calls.MediaRecord;
import dev.outdial.server.calls.MediaService;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.StoredBytes;
import dev.outdial.server.store.Store;
import dev.outdial.server.store.StoredDocument;
import dev.outdial.server.store.Tables;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Uploads: files in a folder for each account, and what they are in the store. <b>Threading:</b> any. */
public final class StoredMedia implements MediaService {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9A-Za-z-]{1,64}");
    private static final int PORTION = 1 << 16;

    private final Store store;
    private final Path folder;
    private final long largest;
    private final InstantSource clock;

    /** @param largest in bytes */
    public StoredMedia(Store store, Path folder, long largest, InstantSource clock) {
        this.store = store;
        this.folder = folder.toAbsolutePath().normalize();
        this.largest = largest;
        this.clock = clock;
    }

    /** Where an upload of an account lies, whether it is there or not; empty for what is no name. */
    public static Optional<Path> place(Path folder, String account, String name) {
        boolean isGood =
                NAME.matcher(name).matches() && ACCOUNT.matcher(account).matches();
        return isGood ? Optional.of(folder.resolve(account).resolve(name)) : Optional.empty();
    }

    @Override
    public Stored put(String account, String name, String contentType, InputStream content) throws IOException {
        Path place = place(folder, account, name)
                .orElseThrow(() -> Keeping.invalid("name", "must be 1 to 100 letters, digits, . _ or -"));
        Path own = Files.createDirectories(folder.resolve(account));
        // A name that no upload can have.
        Path part = Files.createTempFile(own, "_", ".part");
        try {
            String sha256 = copy(content, part);
            requireSound(part, name);
            long byteLength = Files.size(part);
            move(part, place);
            return note(account, name, contentType, byteLength, sha256);
        } finally {
            boolean unused = Files.deleteIfExists(part);
        }
    }

    /** What nobody could hear is not kept: calls would ring people for it. */
    private static void requireSound(Path part, String name) {
        try {
            AudioCheck unused = AudioCheck.of(part);
        } catch (DialerException unplayable) {
            // The file has a name that nobody has given it.
            String sentence = String.valueOf(unplayable.getMessage())
                    .replace(part.toString(), name)
                    .replace(String.valueOf(part.getFileName()), name);
            throw new ServiceException(ServiceException.Kind.INVALID, "not_a_sound", sentence);
        }
    }

    private static void move(Path part, Path place) throws IOException {
        Path unused = Files.move(part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private String copy(InputStream content, Path part) throws IOException {
        MessageDigest digest = sha256();
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE);
                OutputStream file =
                        new DigestOutputStream(java.nio.channels.Channels.newOutputStream(channel), digest)) {
            byte[] portion = new byte[PORTION];
            long total = 0;
            for (int count = content.read(portion); count >= 0; count = content.read(portion)) {
                total += count;
                if (total > largest) {
                    throw new ServiceException(
                            ServiceException.Kind.INVALID, "too_large", "an upload has " + largest + " bytes at most");
                }
                file.write(portion, 0, count);
            }
            channel.force(true);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private Stored note(String account, String name, String contentType, long byteLength, String sha256) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        String body = Body.make()
                .put("content_type", contentType)
                .put("bytes", byteLength)
                .put("sha256", sha256)
                .toString();
        return store.durably(tables -> {
            Optional<StoredDocument> before = tables.media().named(account, name);
            StoredDocument after = before.map(known -> known.changed("", body, now))
                    .orElseGet(() ->
                            new StoredDocument(UUID.randomUUID().toString(), account, name, "", "", body, now, now));
            write(tables, after, before.isEmpty());
            return new Stored(record(after), before.isEmpty());
        });
    }

    private static void write(Tables tables, StoredDocument document, boolean isNew) {
        boolean isDone =
                isNew ? tables.media().insert(document) : tables.media().update(document);
        if (!isDone) throw Keeping.conflict("busy", "this name is being given to something else just now");
    }

    @Override
    public Page<MediaRecord> list(String account, PageQuery query) {
        Page<StoredDocument> page = store.read(tables -> tables.media().list(account, query.cursor(), query.limit()));
        return new Page<>(page.items().stream().map(StoredMedia::record).toList(), page.next());
    }

    @Override
    public StoredBytes get(String account, String name) {
        MediaRecord record =
                record(store.read(tables -> tables.media().named(account, name)).orElseThrow(Keeping::notFound));
        Path place = place(folder, account, name).orElseThrow(Keeping::notFound);
        try {
            return new StoredBytes(
                    record.contentType(),
                    Files.size(place),
                    record.sha256().substring(0, 32),
                    offset -> openAt(place, offset));
        } catch (NoSuchFileException gone) {
            throw Keeping.notFound();
        } catch (IOException unreadable) {
            throw new ServiceException(
                    ServiceException.Kind.UNAVAILABLE, "file_unreadable", "the file cannot be read just now");
        }
    }

    private static InputStream openAt(Path place, long offset) throws IOException {
        FileChannel channel = FileChannel.open(place, StandardOpenOption.READ);
        return java.nio.channels.Channels.newInputStream(channel.position(offset));
    }

    @Override
    public void delete(String account, String name) {
        Instant now = clock.instant();
        boolean was = store.durably(tables -> tables.media()
                .named(account, name)
                .map(document -> tables.media().softDelete(account, document.id(), now))
                .orElse(false));
        if (!was) throw Keeping.notFound();
        place(folder, account, name).ifPresent(StoredMedia::remove);
    }

    private static void remove(Path place) {
        try {
            boolean unused = Files.deleteIfExists(place);
        } catch (IOException stays) {
            // It is found no more by name; the next upload of that name replaces it.
        }
    }

    private static MediaRecord record(StoredDocument document) {
        JsonNode body = Body.read(document.body());
        return new MediaRecord(
                document.name(),
                document.account(),
                body.path("content_type").asText(),
                body.path("bytes").asLong(),
                body.path("sha256").asText(),
                document.updated());
    }
}
