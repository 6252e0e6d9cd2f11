package dev.outdial.media.fetch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Authenticator;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.CookieJar;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The one HTTP client for addresses that users give: what it connects to, and how much it takes from tat, is bounded by a {@link
 * FetchPolicy}. A host's addresses are all judged when they are looked up, and the one that is connected to is judged again at the
 * socket; redirects are judged like the address that led to them. It keeps no cookies, has no credentials, uses no proxy, and no
 * connection twice.
 *
 * <p><b>Threading:</b> any; waits. At most 16 requests go on at once, others wait their turn within their own limit.
 */
public final class WebClient implements AutoCloseable {
    /** What is on its way lies on the disk beside what was kept: all together that stays below a gigabyte. */
    private static final int MOST_AT_ONCE = 16;

    /** More than anybody needs who wants to be reached. */
    private static final int MOST_ADDRESSES = 8;

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    /** Header fields that a redirect may take to other people's servers; what is not known may be a secret. */
    private static final Set<String> MAY_BE_PASSED_ON =
            Set.of("accept", "accept-language", "if-none-match", "if-modified-since");

    private static final String PRODUCT = "Outdial";
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final FetchPolicy policy;
    private final HostNames names;
    private final OkHttpClient http;
    private final Semaphore turns = new Semaphore(MOST_AT_ONCE, true);
    private final Set<Call> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Reads a response, while the connection is tat. */
    @FunctionalInterface
    public interface Reader<T> {
        /** Reads as much of it as is wanted. */
        T read(WebResponse response) throws IOException;
    }

    /** With the system's name service. */
    public WebClient(FetchPolicy policy) {
        this(policy, HostNames.SYSTEM);
    }

    /** With a name service. */
    public WebClient(FetchPolicy policy, HostNames names) {
        this.policy = policy;
        this.names = names;
        http = new OkHttpClient.Builder()
                .protocols(List.of(Protocol.HTTP_1_1))
                .proxy(Proxy.NO_PROXY)
                .socketFactory(new GuardedSockets(policy.addresses()))
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .cookieJar(CookieJar.NO_COOKIES)
                .authenticator(Authenticator.NONE)
                .proxyAuthenticator(Authenticator.NONE)
                .cache(null)
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .connectTimeout(CONNECT_LIMIT)
                .readTimeout(policy.limit())
                .writeTimeout(policy.limit())
                .build();
    }

    /**
     * Sends a request and has its response read. Redirects of GET and HEAD are followed as far as the policy allows; those of other
     * methods, and where it allows none, are responses like any other. To another host, port or scheme than the request's own go only
     * those of its header fields that hold no secrets.
     *
     * @return what the reader made of the response
     * @throws FetchException if something was refused, failed, or did not end in time
     * @throws IOException what the reader throws
     */
    public <T> T exchange(WebRequest request, Reader<T> reader) throws IOException {
        long deadlineNanos = System.nanoTime() + policy.limit().toNanos();
        Destination first = Destination.of(request.address().toString(), policy);
        Destination at = first;
        takeTurn(at, deadlineNanos);
        try {
            for (int redirects = 0; ; redirects++) {
                Call call = call(request, first, at, deadlineNanos);
                running.add(call);
                try {
                    Response response = responseTo(call, at, deadlineNanos);
                    try {
                        Optional<String> location = redirect(request, response);
                        if (location.isEmpty()) return reader.read(bounded(response, at, deadlineNanos));
                        if (redirects == policy.maxRedirects())
                            throw FetchException.from(at.host(), "more than " + redirects + " redirects");
                        at = at.redirected(location.get(), policy);
                    } finally {
                        // What was not read is not wanted: closing alone would read on for a while.
                        call.cancel();
                        response.close();
                    }
                } finally {
                    running.remove(call);
                }
            }
        } finally {
            turns.release();
        }
    }

    private void takeTurn(Destination at, long deadlineNanos) throws FetchException {
        try {
            if (!turns.tryAcquire(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS))
                throw FetchException.from(at.host(), "too much else is being fetched");
        } catch (InterruptedException interrupted) {
            throw interrupted(at);
        }
    }

    private Call call(WebRequest request, Destination first, Destination at, long deadlineNanos) throws FetchException {
        List<InetAddress> addresses = addresses(at, deadlineNanos);
        long leftNanos = deadlineNanos - System.nanoTime();
        if (leftNanos <= 0) throw FetchException.from(at.host(), tooLate());
        var builder = new Request.Builder().url(at.url()).header("User-Agent", PRODUCT);
        for (Map.Entry<String, String> header : request.headers().entrySet())
            if (first.isSameOrigin(at)
                    || MAY_BE_PASSED_ON.contains(header.getKey().toLowerCase(Locale.ROOT)))
                builder.header(header.getKey(), header.getValue());
        builder.method(request.method(), body(request));
        return http.newBuilder()
                .dns(host -> addresses)
                .callTimeout(Duration.ofNanos(leftNanos).plusMillis(1))
                .build()
                .newCall(builder.build());
    }

    private static @Nullable RequestBody body(WebRequest request) {
        if (request.method().equals("GET") || request.method().equals("HEAD")) return null;
        return RequestBody.create(request.body().orElse("").getBytes(StandardCharsets.UTF_8));
    }

    /** All judged: where one is refused, none is tried, for who answers with a private address means no good by the others. */
    private List<InetAddress> addresses(Destination at, long deadlineNanos) throws FetchException {
        List<InetAddress> addresses =
                at.literal().isPresent() ? List.of(at.literal().get()) : lookedUp(at, deadlineNanos);
        for (InetAddress address : addresses) {
            Optional<String> objection = policy.addresses().objection(address);
            if (objection.isPresent()) throw FetchException.forbidden(at.host(), "it has " + objection.get());
        }
        return addresses.subList(0, Math.min(addresses.size(), MOST_ADDRESSES));
    }

    /** On a thread of its own: the system's lookup can neither be bounded nor interrupted. */
    private List<InetAddress> lookedUp(Destination at, long deadlineNanos) throws FetchException {
        var lookup = new FutureTask<>(() -> List.copyOf(names.addresses(at.host())));
        Thread.ofPlatform().daemon().name("outdial-fetch-names").start(lookup);
        try {
            List<InetAddress> found = lookup.get(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (found.isEmpty()) throw FetchException.from(at.host(), "there is no such host");
            return found;
        } catch (TimeoutException late) {
            throw FetchException.from(at.host(), tooLate(), late);
        } catch (ExecutionException failed) {
            String reason = failed.getCause() instanceof UnknownHostException
                    ? "there is no such host"
                    : "its name cannot be looked up";
            throw FetchException.from(at.host(), reason, failed);
        } catch (InterruptedException interrupted) {
            throw interrupted(at);
        }
    }

    private Response responseTo(Call call, Destination at, long deadlineNanos) throws FetchException {
        try {
            if (closed) call.cancel();
            return call.execute();
        } catch (IOException failed) {
            throw explained(failed, at, deadlineNanos);
        }
    }

    private Optional<String> redirect(WebRequest request, Response response) {
        return policy.maxRedirects() > 0 && request.mayBeRedirected() && REDIRECTS.contains(response.code())
                ? Optional.ofNullable(response.header("Location"))
                : Optional.empty();
    }

    private WebResponse bounded(Response response, Destination at, long deadlineNanos) throws FetchException {
        if (response.headers().byteCount() > policy.maxHeaderBytes())
            throw FetchException.from(
                    at.host(), "the head of its answer has more than " + policy.maxHeaderBytes() + " bytes");
        // Gzip was undone, and its header removed; another encoding would be noise.
        String encoding = response.header("Content-Encoding", "identity");
        if (!"identity".equalsIgnoreCase(encoding))
            throw FetchException.from(at.host(), "its answer is encoded in a way that was not asked for");
        var tooLong = FetchException.from(at.host(), "its answer has more than " + size(policy.maxBytes()));
        if (response.body().contentLength() > policy.maxBytes()) throw tooLong;
        return new WebResponse(
                response,
                new BoundedBody(
                        response.body().byteStream(),
                        policy.maxBytes(),
                        tooLong,
                        broken -> explained(broken, at, deadlineNanos)));
    }

    private FetchException explained(IOException trouble, Destination at, long deadlineNanos) {
        if (closed) return FetchException.from(at.host(), "no more is fetched, it is the end", trouble);
        if (System.nanoTime() - deadlineNanos >= 0) return FetchException.from(at.host(), tooLate(), trouble);
        return Trouble.explained(trouble, at);
    }

    private static FetchException interrupted(Destination at) {
        Thread.currentThread().interrupt();
        return FetchException.from(at.host(), "it was interrupted");
    }

    private String tooLate() {
        long millis = policy.limit().toMillis();
        return "its answer was not whole within " + (millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms");
    }

    private static String size(long bytes) {
        return bytes % (1 << 20) == 0 ? (bytes >> 20) + " MB" : bytes + " bytes";
    }

    /** Ends what goes on, which fails then, and takes no more. */
    @Override
    public void close() {
        closed = true;
        running.forEach(Call::cancel);
        http.connectionPool().evictAll();
    }
}
