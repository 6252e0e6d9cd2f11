package dev.outdial.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sounds are sent whole or in parts, and taken up to a size. */
class ContentTest {
    private static final Api API = Api.start();
    private static String file = "";

    @BeforeAll
    static void recorded() {
        file = "/api/v1/recordings/"
                + API.fakes.recordings.add(Api.ACCOUNT, API.placed()).id() + "/file";
    }

    @AfterAll
    static void stop() {
        API.close();
    }

    @Test
    void allOfIt() {
        Answer answer = API.get(file);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.bytes()).hasSize(256);
        assertThat(answer.header("Content-Type")).isEqualTo("audio/wav");
        assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(answer.header("Content-Disposition")).startsWith("attachment;");
    }

    @Test
    void itsLengthAlone() {
        Answer head = API.send("HEAD", file, "");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Length")).isEqualTo("256");
    }

    /** RFC 9110 14.1.2. */
    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 206, 0, 0",
        "bytes=10-19, 206, 10, 19",
        "bytes=250-, 206, 250, 255",
        "bytes=250-999, 206, 250, 255",
        "bytes=-6, 206, 250, 255",
        "bytes=-999, 206, 0, 255",
        "bytes=256-, 416, 0, 0",
        "bytes=-0, 416, 0, 0",
        "bytes=9-8, 200, 0, 255",
        "'bytes=0-1,4-5', 200, 0, 255",
        "lines=0-1, 200, 0, 255",
        "bytes=99999999999999999999-, 200, 0, 255"
    })
    void aPartOfIt(String range, int status, int first, int last) {
        Answer answer = API.get(file, "Range", range);
        assertThat(answer.status()).isEqualTo(status);
        if (status == 416) {
            assertThat(answer.header("Content-Range")).isEqualTo("bytes */256");
            return;
        }
        if (status == 206) assertThat(answer.header("Content-Range")).isEqualTo("bytes " + first + "-" + last + "/256");
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) all[i] = (byte) i;
        assertThat(answer.bytes()).isEqualTo(Arrays.copyOfRange(all, first, last + 1));
    }

    @Test
    void aPartOfWhatHasChangedIsTheWhole() {
        String tag = API.get(file).header("ETag");
        assertThat(API.get(file, "Range", "bytes=0-1", "If-Range", tag).status())
                .isEqualTo(206);
        assertThat(API.get(file, "Range", "bytes=0-1", "If-Range", "\"other\"").status())
                .isEqualTo(200);
    }

    @Test
    void anUploadIsGivenBackAsItCame() {
        String path = "/api/v1/media/greeting-1.mp3";
        Answer first = API.send("PUT", path, "sound", "Content-Type", "audio/mpeg");
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.json().path("url").asText()).isEqualTo("media:greeting-1.mp3");
        assertThat(API.send("PUT", path, "louder", "Content-Type", "audio/mpeg").status())
                .isEqualTo(200);
        Answer back = API.get(path);
        assertThat(back.text()).isEqualTo("louder");
        assertThat(back.header("Content-Type")).isEqualTo("audio/mpeg");
        assertThat(API.send("PUT", "/api/v1/media/.hidden", "x", "Content-Type", "audio/wav")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void anUploadHasAMostLength() {
        var body = BodyPublishers.ofInputStream(() -> new Zeros(ContentRoutes.MAX_UPLOAD_BYTES + 1));
        assertThat(API.exchange(API.admin, "PUT", "/api/v1/media/long.wav", body, "Content-Type", "audio/wav")
                        .status())
                .isEqualTo(413);
        assertThat(API.get("/api/v1/media/long.wav").status()).isEqualTo(404);
    }

    /** So many zeros. */
    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long count) {
            left = count;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (left <= 0) return -1;
            int count = (int) Math.min(length, left);
            left -= count;
            return count;
        }
    }
}
