package dev.outdial.media.speech;

import dev.outdial.media.file.AudioFiles;
import dev.outdial.media.file.FileTrouble;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A speech service over HTTP: plain text goes there by POST, a sound file comes back; a request for each run of words. Its address comes from who
 * runs the program, not from callers, and is trusted. Nothing is followed elsewhere. How fast and how high it speaks is its own choice.
 * <b>Threading:</b> any; several requests at once.
 */
public final class ServiceSynthesizer implements SpeechSynthesizer {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    private final String address;
    private final List<String> languages;
    private final Duration limit;
    private final long maxBytes;
    private final String name;
    private @Nullable HttpClient client;

    /**
     * A service.
     *
     * @param address {@code http} or {@code https}; {@code {voice}} and {@code {language}} in it become what is asked for, percent-encoded, and
     *     {@code {voice}} the language's BCP 47 tag where no voice is. A user and password in it are sent as Basic authentication
     * @param languages the BCP 47 tags of the languages that it speaks; empty for any
     * @throws IllegalArgumentException if that is no such address
     */
    public ServiceSynthesizer(String address, List<String> languages) {
        this(address, languages, LIMIT, AudioFiles.MAX_BYTES);
    }

    ServiceSynthesizer(String address, List<String> languages, Duration limit, long maxBytes) {
        this.address = address;
        this.languages = List.copyOf(languages);
        this.limit = limit;
        this.maxBytes = maxBytes;
        URI example = address(new SpeechVoice("voice", Locale.US));
        name = example.getHost() + (example.getPort() < 0 ? "" : ":" + example.getPort());
    }

    private URI address(SpeechVoice voice) {
        String tag = voice.language().toLanguageTag();
        String filled = address.replace("{language}", encoded(tag))
                .replace("{voice}", encoded(voice.name().isEmpty() ? tag : voice.name()));
        URI uri;
        try {
            uri = URI.create(filled);
        } catch (IllegalArgumentException malformed) {
            // Not the address itself: it may hold a password or a key.
            throw new IllegalArgumentException("the speech service's address is malformed");
        }
        boolean isHttp = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!isHttp || uri.getHost() == null)
            throw new IllegalArgumentException(
                    "the speech service's address: http://host/ or https://host/ is expected");
        return uri;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String identity() {
        return address;
    }

    @Override
    public List<String> languages() {
        return languages;
    }

    @Override
    public List<String> voices(Locale language) {
        return List.of();
    }

    @Override
    public Optional<SpeechVoice> voice(Locale language, Optional<String> asked) throws SpeechException {
        String voice = Languages.checkedVoice(asked).orElse("");
        return Languages.spoken(languages, language).map(spoken -> new SpeechVoice(voice, spoken));
    }

    @Override
    public void synthesize(Script script, SpeechVoice voice, Path target) throws SpeechException, InterruptedException {
        URI uri = address(voice);
        Pieces.speak(script, target, (words, file) -> ask(uri, voice, words, file));
    }

    private void ask(URI uri, SpeechVoice voice, String words, Path target)
            throws SpeechException, InterruptedException {
        CompletableFuture<HttpResponse<Path>> answer = client().sendAsync(
                        request(uri, voice, words),
                        head -> head.statusCode() == 200
                                ? new BoundedFile(target, maxBytes, name)
                                : HttpResponse.BodySubscribers.replacing(target));
        try {
            int status = answer.get(limit.toNanos(), TimeUnit.NANOSECONDS).statusCode();
            if (status != 200) throw new SpeechException("speech service " + name + " answered " + status);
        } catch (TimeoutException slow) {
            throw new SpeechException(
                    "speech service " + name + " took longer than " + limit.toMillis() / 1000.0 + " s");
        } catch (ExecutionException failed) {
            throw trouble(failed);
        } finally {
            answer.cancel(true);
        }
    }

    private SpeechException trouble(ExecutionException failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause())
            if (cause instanceof SpeechException sentence) return sentence;
        return new SpeechException("speech service " + name + " cannot be asked: " + why(failed.getCause()), failed);
    }

    private static String why(@Nullable Throwable cause) {
        return switch (cause) {
            case ConnectException refused -> "no connection";
            case HttpTimeoutException slow -> "no connection in time";
            case FileSystemException unwritable -> "its sound cannot be kept: " + FileTrouble.why(unwritable);
            case SSLException tls when tls.getMessage() != null -> "TLS fails: " + tls.getMessage();
            case null, default -> FileTrouble.why(cause);
        };
    }

    private static HttpRequest request(URI uri, SpeechVoice voice, String words) {
        var request = HttpRequest.newBuilder(withoutUser(uri))
                .POST(HttpRequest.BodyPublishers.ofString(words))
                .header("Content-Type", "text/plain; charset=utf-8")
                .header("Content-Language", voice.language().toLanguageTag())
                .header("Accept", "audio/wav, audio/*;q=0.9");
        if (uri.getUserInfo() != null)
            request.header(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString(uri.getUserInfo().getBytes(StandardCharsets.UTF_8)));
        return request.build();
    }

    private static URI withoutUser(URI uri) {
        return uri.getRawUserInfo() == null ? uri : URI.create(uri.toString().replaceFirst("//[^@/]*@", "//"));
    }

    private synchronized HttpClient client() {
        HttpClient open = client;
        if (open == null) {
            open = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(limit.compareTo(CONNECT_LIMIT) < 0 ? limit : CONNECT_LIMIT)
                    .build();
            client = open;
        }
        return open;
    }

    @Override
    public synchronized void close() {
        if (client != null) client.shutdownNow();
    }
}
