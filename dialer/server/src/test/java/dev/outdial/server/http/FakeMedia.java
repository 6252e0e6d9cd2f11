package dev.outdial.server.http;

import dev.outdial.server.calls.MediaRecord;
import dev.outdial.server.calls.MediaService;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.StoredBytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** Uploads in memory. */
final class FakeMedia implements MediaService {
    private final FakeTable<MediaRecord> names = new FakeTable<>(MediaRecord::name);
    private final Map<String, byte[]> contents = new HashMap<>();

    @Override
    public synchronized Stored put(String account, String name, String contentType, InputStream content)
            throws IOException {
        byte[] bytes = content.readAllBytes();
        boolean isNew = names.find(account, name).isEmpty();
        var record = new MediaRecord(name, account, contentType, bytes.length, "ab".repeat(32), FakeCalls.NOW);
        names.put(account, record);
        contents.put(account + name, bytes);
        return new Stored(record, isNew);
    }

    @Override
    public Page<MediaRecord> list(String account, PageQuery query) {
        return names.list(account, query);
    }

    @Override
    public synchronized StoredBytes get(String account, String name) {
        MediaRecord record = names.get(account, name);
        return bytes(record.contentType(), contents.getOrDefault(account + name, new byte[0]));
    }

    static StoredBytes bytes(String contentType, byte[] bytes) {
        return new StoredBytes(contentType, bytes.length, "tag-1", offset -> {
            var stream = new ByteArrayInputStream(bytes);
            stream.skipNBytes(offset);
            return stream;
        });
    }

    @Override
    public void delete(String account, String name) {
        names.delete(account, name);
    }
}
