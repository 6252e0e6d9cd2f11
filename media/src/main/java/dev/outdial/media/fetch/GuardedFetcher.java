package dev.outdial.media.fetch;

import dev.outdial.media.file.FileTrouble;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Fetches sound through a {@link WebClient} and keeps it in a folder by its content. What was fetched before is used again for as long
 * as its server allows, an hour at most; after that the server is asked whether it has changed. Where one address is asked for several
 * times at once, it is fetched once.
 *
 * <p>The folder holds up to 500 MB; what was used least lately goes. A file that goes while somebody has it open can be read to its
 * end.
 *
 * <p><b>Threading:</b> any; waits. Nothing is opened or made before the first fetch.
 */
public final class GuardedFetcher implements Fetcher, AutoCloseable {
    private static final long CACHE_BYTES = 500L << 20;
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;

    private final FetchPolicy policy;
    private final HostNames names;
    private final Optional<Path> folder;
    private final long cacheBytes;
    private final InstantSource clock;
    private final ConcurrentMap<String, CompletableFuture<Path>> flights = new ConcurrentHashMap<>();
    private @Nullable Opened opened;
    private boolean closed;

    /** What is only there when something is fetched. */
    private record Opened(WebClient client, ContentCache cache) {}

    /**
     * Fetches with the system's name service.
     *
     * @param folder where what was fetched is kept, made where it is missing; empty for a temporary one, removed by {@link #close}
     */
    public GuardedFetcher(FetchPolicy policy, Optional<Path> folder) {
        this(policy, HostNames.SYSTEM, folder, CACHE_BYTES, InstantSource.system());
    }

    GuardedFetcher(FetchPolicy policy, HostNames names, Optional<Path> folder, long cacheBytes, InstantSource clock) {
        this.policy = policy;
        this.names = names;
        this.folder = folder;
        this.cacheBytes = cacheBytes;
        this.clock = clock;
    }

    @Override
    public Path fetch(URI address) throws IOException {
        // Before the cache is looked into: what is fresh there would be handed out unjudged.
        Destination.of(address.toString(), policy);
        String key = key(address);
        var mine = new CompletableFuture<Path>();
        CompletableFuture<Path> running = flights.putIfAbsent(key, mine);
        if (running != null) return joined(running);
        try {
            Path file = fetch(key, address);
            mine.complete(file);
            return file;
        } catch (Throwable trouble) {
            mine.completeExceptionally(trouble);
            throw trouble;
        } finally {
            flights.remove(key, mine);
        }
    }

    /** The first one's trouble is everybody's, each with a trace of its own. */
    private static Path joined(CompletableFuture<Path> running) throws IOException {
        try {
            return running.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof FetchException refused)
                throw new FetchException(String.valueOf(refused.getMessage()), refused);
            throw new IOException("what was fetched cannot be kept: " + FileTrouble.why(failed.getCause()), failed);
        }
    }

    private Path fetch(String key, URI address) throws IOException {
        Opened tools = opened();
        Optional<CacheEntry> known = tools.cache.find(key);
        if (known.isPresent() && known.get().isFresh(clock.millis())) {
            tools.cache.used(key);
            return tools.cache.file(known.get());
        }
        WebRequest request = WebRequest.get(address);
        if (known.isPresent()) request = asking(request, known.get());
        return tools.client.exchange(request, response -> taken(tools.cache, key, known, response));
    }

    /** RFC 9110 section 13.1: only what has changed is to be sent. */
    private static WebRequest asking(WebRequest request, CacheEntry known) {
        WebRequest asking = request;
        if (known.etag().isPresent())
            asking = asking.with("If-None-Match", known.etag().get());
        if (known.lastModified().isPresent())
            asking = asking.with("If-Modified-Since", known.lastModified().get());
        return asking;
    }

    private Path taken(ContentCache cache, String key, Optional<CacheEntry> known, WebResponse response)
            throws IOException {
        Freshness freshness = Freshness.of(response.header("Cache-Control"));
        if (response.status() == NOT_MODIFIED
                && known.filter(CacheEntry::canBeAskedFor).isPresent()) {
            cache.put(key, known.get().confirmed(clock.millis(), freshness.millis()));
            return cache.file(known.get());
        }
        String host = response.host();
        if (response.status() != OK) throw FetchException.from(host, "it answered " + response.status());
        Optional<String> objection = SoundTypes.objection(response.header("Content-Type"));
        if (objection.isPresent()) throw FetchException.from(host, objection.get());
        String hash = cache.add(response.body());
        var entry = new CacheEntry(
                hash,
                response.header("ETag").filter(GuardedFetcher::isPlain),
                response.header("Last-Modified").filter(GuardedFetcher::isPlain),
                clock.millis(),
                freshness.millis());
        if (freshness.isKept()) cache.put(key, entry);
        else cache.forget(key);
        cache.trim(hash);
        return cache.file(entry);
    }

    /** What can be sent back, and stand in a line. */
    private static boolean isPlain(String value) {
        return value.length() <= 1000 && value.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }

    /**
     * Names what lies at the address for those who fetch by the same rules: in a folder that is shared, nobody is handed what
     * only another was allowed to fetch.
     */
    private String key(URI address) {
        String ports = policy.ports().stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
        String rules = ports + (policy.addresses() == AddressRule.ANY ? " any" : " judged");
        return Hashes.of(rules + "\n" + withoutFragment(address));
    }

    private static String withoutFragment(URI address) {
        return address.toString().split("#", 2)[0];
    }

    private synchronized Opened opened() throws IOException {
        if (closed) throw new FetchException("no more is fetched, it is the end");
        if (opened == null) {
            Path where = folder.isPresent() ? folder.get() : Files.createTempDirectory("outdial-fetched-");
            opened = new Opened(new WebClient(policy, names), new ContentCache(where, cacheBytes));
        }
        return opened;
    }

    /** They were cut off, and end when they notice. */
    private void awaitFlights() {
        try {
            CompletableFuture.allOf(flights.values().toArray(CompletableFuture[]::new))
                    .get(1, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException goOn) {
            return;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends what goes on, and removes a temporary folder. */
    @Override
    public synchronized void close() {
        closed = true;
        if (opened == null) return;
        opened.client.close();
        if (folder.isPresent()) return;
        awaitFlights();
        try {
            opened.cache.remove();
        } catch (IOException busy) {
            // Somebody still writes there; it is a temporary folder, and small harm.
            return;
        }
    }
}
