package dev.outdial.sip.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.transport.WireMessage.Direction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever goes over the wire is read, freed of secrets, kept and drawn without an exception, and in time. */
class TraceFuzzTest {
    private static final long MAX_NANOS = 100_000_000;
    private static final byte[] EDGES = {0, '\r', '\n', ' ', '"', '=', ':', ',', '\\', (byte) 0x80, (byte) 0xFF};

    private static final List<String> SEEDS = List.of(
            Wire.request(
                            "INVITE",
                            2,
                            "",
                            "Authorization: Digest username=\"u\", nonce=\"abcdefgh\",\r\n response=\"0123\", cnonce=c\r\n",
                            "Identity: abc\r\n",
                            "Content-Type: application/sdp\r\n")
                    + "v=0\r\nk=clear:x\r\na=crypto:1 AES inline:c2VjcmV0|2^20\r\n",
            Wire.response(
                    401, "Unauthorized", "INVITE", 1, "WWW-Authenticate: Digest realm=\"r\", nonce=\"0123456789\"\r\n"),
            Wire.request("INFO", 3, "t", "Content-Type: application/dtmf-relay\r\n") + "Signal=5\r\nDuration=160\r\n",
            Wire.request("BYE", 4, "t"));

    private static void feed(MessageLog[] log, byte[] input, long at) {
        MessageScan.of(input, 0, input.length);
        String text = new String(input, StandardCharsets.ISO_8859_1);
        assertThat(Secrets.masked(text, false)).isNotNull();
        assertThat(Secrets.masked(text, true)).isNotNull();
        TracedMessage.read(Wire.message(at, Direction.SENT, input)).ifPresent(message -> log[0] = log[0].with(message));
        assertThat(log[0].byteLength()).isLessThanOrEqualTo(MessageLog.MAX_BYTES);
    }

    private static void feedMutations(int count, long seed) {
        var random = new Random(seed);
        MessageLog[] log = {MessageLog.EMPTY};
        for (int i = 0; i < count; i++) {
            byte[] input = mutated(random);
            long start = System.nanoTime();
            try {
                feed(log, input, i);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("fails for " + HexFormat.of().formatHex(input), e);
            }
            if (System.nanoTime() - start > MAX_NANOS) {
                // Held up once may be the machine; held up again is the input.
                long again = System.nanoTime();
                feed(log, input, i);
                assertThat(System.nanoTime() - again).isLessThan(MAX_NANOS);
            }
            if (i % 1000 == 0) assertThat(TraceLadder.withMessages(log[0])).doesNotContain("\r", "\u001b");
        }
        assertThat(log[0].messages()).isNotEmpty();
    }

    private static byte[] mutated(Random random) {
        byte[] input = seed(random).clone();
        for (int i = random.nextInt(6); i >= 0 && input.length > 0; i--) {
            int at = random.nextInt(input.length);
            switch (random.nextInt(4)) {
                case 0 -> input[at] = (byte) random.nextInt(256);
                case 1 -> input[at] = EDGES[random.nextInt(EDGES.length)];
                case 2 -> input = Arrays.copyOf(input, at);
                default -> {
                    byte[] other = seed(random);
                    int from = random.nextInt(other.length);
                    byte[] spliced = Arrays.copyOf(input, at + other.length - from);
                    System.arraycopy(other, from, spliced, at, other.length - from);
                    input = spliced;
                }
            }
        }
        return input;
    }

    private static byte[] seed(Random random) {
        return Wire.bytes(SEEDS.get(random.nextInt(SEEDS.size())));
    }

    @Test
    void someMutationsAreTaken() {
        feedMutations(5_000, 1);
    }

    @Test
    void longRunsOfTheSameCharacterTakeTheirTimeAndNoMore() {
        for (String run : List.of(" ", "\"", "=", "digits=\"", "inline:", "nonce=", "\n ", "\\", "d = ")) {
            String text = Wire.request(
                            "INFO",
                            3,
                            "t",
                            "Content-Type: application/dtmf-relay+kpml\r\n",
                            "Authorization: Digest " + run.repeat(8_000) + "\r\n")
                    + run.repeat(8_000);
            long start = System.nanoTime();
            assertThat(Secrets.masked(text, true)).isNotEmpty();
            assertThat(System.nanoTime() - start).as(run).isLessThan(1_000_000_000L);
        }
    }

    @Tag("slow")
    @Test
    void aMillionMutationsAreTaken() {
        feedMutations(1_000_000, 2);
    }
}
