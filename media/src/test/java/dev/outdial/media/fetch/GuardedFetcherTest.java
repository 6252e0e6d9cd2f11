package dev.outdial.media.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.testbed.web.WebAnswer;
import dev.outdial.testbed.web.WebAnswers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class GuardedFetcherTest {
    private static final long LARGE = 1 << 30;
    private static final byte[] ONE = "one sound".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OTHER = "another".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path folder = Path.of("");

    private final Neighbourhood place = Neighbourhood.open();
    private final AtomicLong now = new AtomicLong(1_800_000_000_000L);
    private final InstantSource clock = () -> Instant.ofEpochMilli(now.get());

    @AfterEach
    void close() {
        place.close();
    }

    private GuardedFetcher fetcher(long cacheBytes) {
        return new GuardedFetcher(place.policy(), Neighbourhood.names(), Optional.of(folder), cacheBytes, clock);
    }

    private GuardedFetcher fetcher() {
        return fetcher(LARGE);
    }

    private List<String> files(String ending) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .toList();
        }
    }

    @Test
    void aSoundIsFetchedWholeAndForAWhileOnlyOnce() throws IOException {
        place.web.on("/a.wav", WebAnswers.content("audio/wav", ONE));
        try (var fetcher = fetcher()) {
            Path file = fetcher.fetch(place.web.uri("/a.wav"));

            assertThat(file).hasBinaryContent(ONE);
            assertThat(fetcher.fetch(place.web.uri("/a.wav#part"))).isEqualTo(file);
            assertThat(place.web.connectionCount()).isEqualTo(1);
            now.addAndGet(10_000);
            assertThat(fetcher.fetch(place.web.uri("/a.wav"))).isEqualTo(file);
            assertThat(place.web.connectionCount()).isEqualTo(2);
        }
    }

    @Test
    void whatHasNotChangedIsNotSentAgainAndStaysTheSameFile() throws IOException {
        place.web.on("/a.wav", WebAnswers.tagged("audio/wav", ONE, "\"1\"", "Cache-Control: max-age=60"));
        try (var fetcher = fetcher()) {
            Path file = fetcher.fetch(place.web.uri("/a.wav"));
            FileTime written = Files.getLastModifiedTime(file);
            now.addAndGet(59_000);
            fetcher.fetch(place.web.uri("/a.wav"));
            assertThat(place.web.connectionCount()).isEqualTo(1);
            now.addAndGet(2_000);

            assertThat(fetcher.fetch(place.web.uri("/a.wav"))).isEqualTo(file);

            assertThat(place.web.requests()).hasSize(2);
            assertThat(place.web.requests().getLast().header("If-None-Match")).contains("\"1\"");
            // The name and the time stay, so that who knows the file by them need not read it again.
            assertThat(Files.getLastModifiedTime(file)).isEqualTo(written);
            now.addAndGet(59_000);
            fetcher.fetch(place.web.uri("/a.wav"));
            assertThat(place.web.requests()).hasSize(2);
        }
    }

    @Test
    void whatHasChangedIsAnotherFile() throws IOException {
        place.web.on("/a.wav", WebAnswers.tagged("audio/wav", ONE, "\"1\"", "Cache-Control: no-cache"));
        try (var fetcher = fetcher()) {
            Path before = fetcher.fetch(place.web.uri("/a.wav"));
            place.web.on("/a.wav", WebAnswers.tagged("audio/wav", OTHER, "\"2\"", "Cache-Control: no-cache"));

            Path after = fetcher.fetch(place.web.uri("/a.wav"));

            assertThat(after).hasBinaryContent(OTHER);
            assertThat(before).hasBinaryContent(ONE);
        }
    }

    @Test
    void theTimeOfTheLastChangeWillDo() throws IOException {
        String then = "Sun, 22 Nov 2026 00:00:00 GMT";
        place.web.on("/a.wav", exchange -> {
            if (exchange.request().header("If-Modified-Since").equals(Optional.of(then)))
                WebAnswers.status(304).answer(exchange);
            else WebAnswers.content("audio/wav", ONE, "Last-Modified: " + then).answer(exchange);
        });
        try (var fetcher = fetcher()) {
            Path file = fetcher.fetch(place.web.uri("/a.wav"));
            now.addAndGet(60_000);
            assertThat(fetcher.fetch(place.web.uri("/a.wav"))).isEqualTo(file);
        }
        assertThat(place.web.connectionCount()).isEqualTo(2);
    }

    @Test
    void theSameContentFromTwoAddressesIsOneFile() throws IOException {
        place.web.on("/a.wav", WebAnswers.content("audio/wav", ONE)).on("/b.wav", WebAnswers.content("audio/wav", ONE));
        try (var fetcher = fetcher()) {
            assertThat(fetcher.fetch(place.web.uri("/a.wav"))).isEqualTo(fetcher.fetch(place.web.uri("/b.wav?x=1")));
        }
        assertThat(files(".content")).hasSize(1);
        assertThat(files(".entry")).hasSize(2);
    }

    @Test
    void whatMustNotBeKeptIsFetchedEachTime() throws IOException {
        place.web.on("/a.wav", WebAnswers.tagged("audio/wav", ONE, "\"1\"", "Cache-Control: no-store"));
        try (var fetcher = fetcher()) {
            fetcher.fetch(place.web.uri("/a.wav"));
            assertThat(fetcher.fetch(place.web.uri("/a.wav"))).hasBinaryContent(ONE);
        }
        assertThat(place.web.requests()).hasSize(2);
        assertThat(place.web.requests().getLast().header("If-None-Match")).isEmpty();
    }

    @Test
    void theNextFetcherKnowsWhatTheLastOneKept() throws IOException {
        place.web.on("/a.wav", WebAnswers.tagged("audio/wav", ONE, "\"1\""));
        try (var first = fetcher()) {
            first.fetch(place.web.uri("/a.wav?key=hunter2"));
        }
        try (var second = fetcher()) {
            assertThat(second.fetch(place.web.uri("/a.wav?key=hunter2"))).hasBinaryContent(ONE);
        }
        assertThat(place.web.connectionCount()).isEqualTo(1);
        for (String entry : files(".entry"))
            assertThat(Files.readString(folder.resolve(entry))).doesNotContain("hunter2");
    }

    @Test
    void oneAddressThatIsAskedForOftenAtOnceIsFetchedOnce() throws Exception {
        var release = new CountDownLatch(1);
        var asked = new CountDownLatch(1);
        place.web.on("/a.wav", exchange -> {
            asked.countDown();
            await(release);
            WebAnswers.content("audio/wav", ONE, "Cache-Control: no-store").answer(exchange);
        });
        try (var fetcher = fetcher();
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Path>> all = new ArrayList<>();
            var started = new CountDownLatch(40);
            Callable<Path> fetching = () -> {
                started.countDown();
                return fetcher.fetch(place.web.uri("/a.wav"));
            };
            for (int i = 0; i < 40; i++) all.add(callers.submit(fetching));
            started.await();
            asked.await();
            release.countDown();
            for (Future<Path> one : all) assertThat(one.get()).hasBinaryContent(ONE);
        }
        // Who had only begun to ask when the first was through asks anew.
        assertThat(place.web.connectionCount()).isLessThan(20);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatWasUsedLeastLatelyGoesWhenThereIsTooMuch() throws IOException {
        for (int i = 0; i < 5; i++) {
            byte[] body = new byte[100_000];
            body[0] = (byte) i;
            place.web.on("/" + i, WebAnswers.content("audio/wav", body));
        }
        try (var fetcher = fetcher(350_000)) {
            List<Path> fetched = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                fetched.add(fetcher.fetch(place.web.uri("/" + i)));
                age(60 - i);
            }
            fetcher.fetch(place.web.uri("/0")); // used again, and so the youngest
            fetched.add(fetcher.fetch(place.web.uri("/3")));

            assertThat(fetched.get(0)).exists();
            assertThat(fetched.get(1)).doesNotExist();
            assertThat(fetched.get(2)).exists();
            assertThat(fetched.get(3)).exists();
            assertThat(files(".content")).hasSize(3);
            assertThat(files(".entry")).hasSize(3);
            assertThat(fetcher.fetch(place.web.uri("/1"))).hasSize(100_000);
        }
    }

    /** What was written just now was so long ago. */
    private void age(int minutes) throws IOException {
        Instant then = Instant.now().minusSeconds(60L * minutes);
        Instant recent = Instant.now().minusSeconds(60);
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList())
                if (Files.getLastModifiedTime(file).toInstant().isAfter(recent))
                    Files.setLastModifiedTime(file, FileTime.from(then));
        }
    }

    @Test
    void aSoundThatIsLargerThanTheWholeCacheIsStillGivenOut() throws IOException {
        place.web.on("/a.wav", WebAnswers.content("audio/wav", new byte[100_000]));
        try (var fetcher = fetcher(1000)) {
            assertThat(fetcher.fetch(place.web.uri("/a.wav"))).hasSize(100_000);
        }
    }

    @Test
    void nothingIsLeftOfWhatBrokeOff() throws IOException {
        place.web.on("/a.wav", WebAnswers.raw("HTTP/1.1 200 OK\nContent-Length: 10\n\nabc"));
        place.web.on("/b.wav", WebAnswers.endless("HTTP/1.1 200 OK\n\n"));
        try (var fetcher = fetcher()) {
            assertThatThrownBy(() -> fetcher.fetch(place.web.uri("/a.wav")))
                    .hasMessage("cannot fetch from 127.0.0.2: its answer is no whole HTTP response");
            assertThatThrownBy(() -> fetcher.fetch(place.web.uri("/b.wav")))
                    .hasMessage("cannot fetch from 127.0.0.2: its answer has more than 1 MB");
        }
        assertThat(files("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', textBlock = """
            text/html                    > its answer is a web page, no sound
            Text/HTML; charset=utf-8     > its answer is a web page, no sound
            application/json             > its answer is of type application/json, no sound
            video/mp4                    > its answer is of type video/mp4, no sound
            image/png                    > its answer is of type image/png, no sound
            x(y                          > its answer is of a strange type, no sound
            """)
    void whatSaysThatItIsNoSoundIsRefusedUnread(String type, String reason) {
        place.web.on("/a.wav", WebAnswers.stalled("HTTP/1.1 200 OK\nContent-Type: " + type + "\n\n"));
        try (var fetcher = fetcher()) {
            assertThatThrownBy(() -> fetcher.fetch(place.web.uri("/a.wav?key=hunter2")))
                    .isInstanceOf(FetchException.class)
                    .hasMessage("cannot fetch from 127.0.0.2: " + reason);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "audio/mpeg",
                "Audio/X-WAV; x=y",
                "application/ogg",
                "application/octet-stream",
                "binary/octet-stream"
            })
    void whatMayBeSoundIsTaken(String type) throws IOException {
        place.web.on("/a.wav", WebAnswers.content(type, ONE));
        try (var fetcher = fetcher()) {
            assertThat(fetcher.fetch(place.web.uri("/a.wav"))).hasBinaryContent(ONE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 206, 304, 400, 401, 403, 404, 410, 500, 503})
    void anythingBut200IsNoSound(int status) {
        place.web.on("/a.wav", WebAnswers.status(status));
        try (var fetcher = fetcher()) {
            assertThatThrownBy(() -> fetcher.fetch(place.web.uri("/a.wav")))
                    .hasMessage("cannot fetch from 127.0.0.2: it answered " + status);
        }
    }

    @Test
    void nothingIsMadeBeforeItIsWantedAndATemporaryFolderIsRemoved() throws IOException {
        place.web.on("/a.wav", WebAnswers.content("audio/wav", ONE));
        var fetcher = new GuardedFetcher(place.policy(), Neighbourhood.names(), Optional.empty(), LARGE, clock);
        Path file = fetcher.fetch(place.web.uri("/a.wav"));
        assertThat(file).exists();

        fetcher.close();
        fetcher.close();

        assertThat(file.getParent()).doesNotExist();
        assertThatThrownBy(() -> fetcher.fetch(place.web.uri("/a.wav"))).isInstanceOf(FetchException.class);
        new GuardedFetcher(FetchPolicy.DEFAULT, Optional.of(folder.resolve("never"))).close();
        assertThat(folder.resolve("never")).doesNotExist();
    }

    @Test
    void troubleIsToldToAllWhoWaitForIt() throws Exception {
        var release = new CountDownLatch(1);
        var asked = new CountDownLatch(1);
        WebAnswer failing = exchange -> {
            asked.countDown();
            await(release);
            WebAnswers.status(500).answer(exchange);
        };
        place.web.on("/a.wav", failing);
        URI address = place.web.uri("/a.wav");
        try (var fetcher = fetcher();
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Path> first = callers.submit(() -> fetcher.fetch(address));
            asked.await();
            Future<Path> second = callers.submit(() -> fetcher.fetch(address));
            release.countDown();
            for (Future<Path> one : List.of(first, second))
                assertThatThrownBy(one::get)
                        .hasCauseInstanceOf(FetchException.class)
                        .hasMessageContaining("it answered 500");
        }
    }

    @Test
    void whatOthersWereAllowedToFetchIsNotHandedOutFromTheirFolder() throws IOException {
        place.inside.on("/a.wav", WebAnswers.content("audio/wav", ONE, "Cache-Control: max-age=600"));
        place.web.on("/a.wav", WebAnswers.content("audio/wav", ONE, "Cache-Control: max-age=600"));
        FetchPolicy any = place.policy().withAddresses(AddressRule.ANY);
        URI named = URI.create("http://a.example:" + place.web.port() + "/a.wav");
        HostNames inside = host -> List.of(InetAddress.getByName("127.0.0.1"));
        try (var trusted = new GuardedFetcher(any, inside, Optional.of(folder), LARGE, clock);
                var judged = new GuardedFetcher(place.policy(), inside, Optional.of(folder), LARGE, clock);
                var otherPorts =
                        new GuardedFetcher(any.withPorts(Set.of(80)), inside, Optional.of(folder), LARGE, clock)) {
            trusted.fetch(named);
            trusted.fetch(place.inside.uri("/a.wav"));

            assertThatThrownBy(() -> judged.fetch(named)).isInstanceOf(FetchException.class);
            assertThatThrownBy(() -> judged.fetch(place.inside.uri("/a.wav"))).isInstanceOf(FetchException.class);
            assertThatThrownBy(() -> otherPorts.fetch(place.inside.uri("/a.wav")))
                    .isInstanceOf(FetchException.class)
                    .hasMessageContaining("may not be connected to");
        }
    }
}
