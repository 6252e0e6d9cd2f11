package dev.outdial.dialer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.sound.FetchOptions;
import dev.outdial.dialer.sound.SoundOptions;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.testbed.probe.SoundComparison;
import dev.outdial.testbed.prompts.Prompt;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import dev.outdial.testbed.web.WebAnswers;
import dev.outdial.testbed.web.WebServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sound from somebody's server, heard at the far end of a call. */
@Timeout(60)
class FetchedSoundTest {
    private static final Duration RING = Duration.ofSeconds(10);

    private final LoopbackTrunk trunk = LoopbackTrunk.builder().start();
    private final WebServer server = WebServer.open();

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void close() {
        trunk.close();
        server.close();
    }

    private Dialer dialer(FetchOptions options) {
        Trunk carrier =
                Trunk.of("carrier", "sip:alice@127.0.0.1:" + trunk.port()).withoutRegistration();
        return Dialer.start(DialerConfig.of(carrier).withSound(SoundOptions.DEFAULT.withFetch(options)));
    }

    @Tag("slow")
    @Test
    void aCalleeHearsWhatLiesAtAnAddress() throws Exception {
        server.on("/welcome", WebAnswers.content("audio/mpeg", Prompt.WELCOME_MP3.bytes()));
        AudioClip clip = AudioClip.of(server.uri("/welcome?key=hunter2"));
        try (Dialer dialer = dialer(FetchOptions.DEFAULT.fromAnywhere().keptIn(folder))) {
            dialer.load(clip);
            Call call = dialer.dial("carrier", "1001", RING);
            assertThat(call.play(clip).whole()).isTrue();
            call.hangUp();
            call.awaitEnd();
            short[] heard = trunk.awaitEnd(call.id(), RING)
                    .orElseThrow()
                    .media()
                    .orElseThrow()
                    .pcm();
            SoundComparison comparison = SoundComparison.compare(heard, Prompt.WELCOME_MP3.reference());
            assertThat(comparison.whole()).as(comparison.toString()).isTrue();
        }
        assertThat(server.connectionCount()).isEqualTo(1);
        try (Stream<Path> kept = Files.list(folder)) {
            assertThat(kept).hasSize(2);
        }
    }

    @Test
    void addressesOfThisMachineAreForThoseWhoAllowThem() throws Exception {
        try (Dialer dialer = dialer(FetchOptions.DEFAULT)) {
            URI local = URI.create("http://127.0.0.1/a.wav?key=hunter2");
            assertThatThrownBy(() -> dialer.load(AudioClip.of(local)))
                    .isInstanceOf(DialerException.class)
                    .hasMessage("cannot fetch from 127.0.0.1: it is a loopback address");
            assertThatThrownBy(() -> dialer.load(AudioClip.of(server.uri("/a.wav"))))
                    .hasMessage("cannot fetch from 127.0.0.1: port " + server.port() + " may not be connected to");
        }
        assertThat(server.connectionCount()).isZero();
    }

    @Test
    void anAddressIsShownWithoutWhatMayBeASecret() {
        assertThat(AudioClip.of(URI.create("https://alice:pw@example.com:8443/a%20b.wav?key=hunter2#x"))
                        .source())
                .hasToString("https://example.com:8443/a%20b.wav");
    }
}
