package dev.outdial.media.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.testbed.sound.Tones;
import dev.outdial.testbed.sound.WavFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a server of a few lines that is neither ours nor the JDK's. */
@Timeout(60)
class ServiceSynthesizerTest {
    private static final byte[] TONE = WavFile.bytes(new Tones(0.3, 440).samples(500));

    @TempDir
    private Path folder = Path.of("");

    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private volatile Answering answering = out -> answer(out, "200 OK", TONE);
    private ServerSocket server = unbound();

    private interface Answering {
        void to(OutputStream out) throws IOException, InterruptedException;
    }

    private static ServerSocket unbound() {
        try {
            return new ServerSocket();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::serve);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                requests.add(request(socket.getInputStream()));
                answering.to(socket.getOutputStream());
            } catch (IOException | InterruptedException hungUp) {
                // the next one is served
            }
        }
    }

    private static String request(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        while (!bytes.toString(StandardCharsets.UTF_8).contains("\r\n\r\n")) bytes.write(in.read());
        String head = bytes.toString(StandardCharsets.UTF_8);
        int length = Integer.parseInt(head.replaceAll("(?si).*content-length: (\\d+).*", "$1"));
        return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static void answer(OutputStream out, String status, byte[] body) throws IOException {
        out.write(("HTTP/1.1 " + status + "\r\nContent-Length: " + body.length + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(body);
    }

    private String place() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    private Path say(ServiceSynthesizer engine, String text, Optional<String> voice)
            throws IOException, InterruptedException {
        Path target = folder.resolve("said.wav");
        SpeechVoice who = engine.voice(Locale.GERMANY, voice).orElseThrow();
        engine.synthesize(ScriptReader.read(new Utterance(text, Locale.GERMANY, Optional.empty())), who, target);
        return target;
    }

    private void assertFails(Duration limit, long maxBytes, String sentence) {
        try (var engine =
                new ServiceSynthesizer("http://me:secret@" + place() + "/tts?key=hidden", List.of(), limit, maxBytes)) {
            assertThatThrownBy(() -> say(engine, "Hallo", Optional.empty()))
                    .isInstanceOf(SpeechException.class)
                    .hasMessageContaining("speech service " + place() + " " + sentence)
                    .hasMessageNotContainingAny("secret", "hidden");
        }
    }

    @Test
    void theTextIsPostedAndTheAnswerIsTheSound() throws IOException, InterruptedException {
        try (var engine = new ServiceSynthesizer(
                "http://me:p%40ss@" + place() + "/tts/{language}?voice={voice}&key=1", List.of("de-DE"))) {
            Path said = say(engine, "Grüße", Optional.of("Anna Lena"));

            assertThat(said).hasBinaryContent(TONE);
            assertThat(requests.take())
                    .startsWith("POST /tts/de-DE?voice=Anna%20Lena&key=1 HTTP/1.1\r\n")
                    .containsIgnoringCase("content-type: text/plain; charset=utf-8\r\n")
                    .contains("Basic bWU6cEBzcw==")
                    .endsWith("\r\n\r\nGrüße");
            assertThat(engine.voice(Locale.US, Optional.empty())).isEmpty();
        }
    }

    @Test
    void ssmlIsAskedForPieceByPiece() throws IOException, InterruptedException {
        try (var engine = new ServiceSynthesizer("http://" + place() + "/", List.of())) {
            Path said = say(engine, "<speak>Eins<break time='500ms'/>zwei</speak>", Optional.empty());

            assertThat(WavFile.read(said)).hasSize(12_000);
            assertThat(requests).hasSize(2);
        }
    }

    @Test
    void whatTheServiceRefusesIsItsStatusAndNothingIsFollowed() {
        answering = out -> answer(out, "503 Busy", "try later".getBytes(StandardCharsets.US_ASCII));
        assertFails(Duration.ofSeconds(20), 1_000_000, "answered 503");
        answering = out -> answer(out, "302 Found\r\nLocation: http://" + place() + "/other", new byte[0]);
        assertFails(Duration.ofSeconds(20), 1_000_000, "answered 302");
        assertThat(requests).hasSize(2);
    }

    @Test
    void anAnswerWithoutEndIsBrokenOff() {
        answering = out -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) out.write(new byte[10_000]);
        };
        assertFails(Duration.ofSeconds(20), 1_000_000, "answered more than 1000000 bytes");
    }

    @Test
    void anAnswerThatDoesNotComeIsNotWaitedFor() {
        answering = out -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            Thread.sleep(30_000);
        };
        assertFails(Duration.ofMillis(700), 1_000_000, "took longer than 0.7 s");
    }

    @Test
    void nobodyThereIsASentence() throws IOException {
        server.close();
        assertFails(Duration.ofSeconds(20), 1_000_000, "cannot be asked: no connection");
    }

    @Test
    void anAddressThatIsNoneIsRefusedWithoutItsSecrets() {
        for (String wrong : List.of("ftp://me:secret@host/", "http://ho st/?key=secret", "https:///secret", "secret"))
            assertThatThrownBy(() -> new ServiceSynthesizer(wrong, List.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("the speech service's address")
                    .hasMessageNotContaining("secret");
    }
}
