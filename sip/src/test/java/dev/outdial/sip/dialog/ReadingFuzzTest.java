package dev.outdial.sip.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.MessageBody;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Reports, session timers and lists of methods that are almost right are read or passed over. */
class ReadingFuzzTest {
    private static final List<String> SEEDS = List.of(
            "SIP/2.0 180 Ringing\r\nTo: x",
            "SIP/2.0 486 Busy Here",
            "1800;refresher=uac",
            "90 ; Refresher = \"uas\" ; x",
            "INVITE, ACK,CANCEL , update",
            "120");
    private static final byte[] EDGES = "\r\n;=,\" 0\u007f".getBytes(StandardCharsets.US_ASCII);

    @Test
    void mutationsAreTaken() {
        mutate(20_000, 1);
    }

    @Tag("slow")
    @Test
    void twoMillionMutationsAreTaken() {
        mutate(2_000_000, 2);
    }

    private static void mutate(int count, long seed) {
        var random = new Random(seed);
        int read = 0;
        for (int i = 0; i < count; i++) {
            byte[] input = SEEDS.get(random.nextInt(SEEDS.size())).getBytes(StandardCharsets.US_ASCII);
            for (int j = random.nextInt(4); j > 0; j--) {
                input[random.nextInt(input.length)] =
                        random.nextBoolean() ? EDGES[random.nextInt(EDGES.length)] : (byte) random.nextInt(256);
            }
            try {
                if (feed(input)) read++;
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + " input " + i, e);
            }
        }
        assertThat(read).as("most are still right").isGreaterThan(count / 10);
    }

    private static boolean feed(byte[] input) {
        var line = StatusLine.of(new MessageBody("message/sipfrag", input));
        line.ifPresent(l -> assertThat(l.status()).isBetween(100, 699));
        // What the transport lets through as a value has no controls.
        String value = new String(input, StandardCharsets.ISO_8859_1).replaceAll("[\\x00-\\x1f\\x7f-\\x9f]", "?");
        var headers = Headers.of("Session-Expires", value, "Supported", value, "Allow", value, "Min-SE", value);
        SessionTimer.ofRequest(headers);
        SessionTimer.Wish.DEFAULT.raised(headers);
        assertThat(InDialogRequests.allowedIn(headers)).hasSizeLessThanOrEqualTo(32);
        var terms = SessionTimer.termsOfAnswer(headers);
        terms.ifPresent(t -> assertThat(t.intervalSeconds()).isBetween(90, 86_400));
        return line.isPresent() || terms.isPresent();
    }
}
