package dev.outdial.dialer.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A trace that was kept and read again is the same. */
class StoredTraceTest {
    private static final CallTrace TRACE = CallTrace.of(Calls.answered());

    @Test
    void whatIsStoredIsReadAgain() {
        CallTrace read = CallTrace.parse(TRACE.stored(false));

        assertThat(read.entries()).isEqualTo(TRACE.entries());
        assertThat(read.toText()).isEqualTo(TRACE.toText());
        assertThat(read.toSvg()).isEqualTo(TRACE.toSvg());
        assertThat(read.toPcap()).isEqualTo(TRACE.toPcap());
        assertThat(TRACE.stored(false)).hasSizeLessThan(1500);
    }

    @Test
    void aSecretThatWasNotStoredIsGone() {
        assertThat(TRACE.toText()).doesNotContain(Calls.SECRET);
        assertThat(TRACE.keepsSecrets()).isTrue();
        assertThat(TRACE.withSecrets().toText()).contains(Calls.SECRET);

        CallTrace read = CallTrace.parse(TRACE.stored(false));
        assertThat(read.keepsSecrets()).isFalse();
        assertThat(read.withSecrets().toText()).doesNotContain(Calls.SECRET);
        assertThat(read.withSecrets().stored(true)).isEqualTo(TRACE.stored(false));
    }

    @Test
    void aSecretThatWasStoredIsShownToWhomAsksForItAlone() {
        CallTrace read = CallTrace.parse(TRACE.stored(true));

        assertThat(read.toText()).isEqualTo(TRACE.toText());
        assertThat(new String(read.toPcap(), StandardCharsets.ISO_8859_1)).doesNotContain(Calls.SECRET);
        assertThat(read.withSecrets().entries())
                .isEqualTo(TRACE.withSecrets().entries())
                .anyMatch(entry -> entry.text().contains(Calls.SECRET));
        assertThat(new String(read.withSecrets().toPcap(), StandardCharsets.ISO_8859_1))
                .contains(Calls.SECRET);
    }

    @Test
    void attemptsFollowOneAnotherByTheClockOnTheWall() {
        CallTrace both = CallTrace.EMPTY
                .and(TRACE)
                .and(CallTrace.parse(CallTrace.of(Calls.busy()).stored(false)));

        assertThat(both.entries()).hasSize(14);
        assertThat(both.entries().get(11).offset()).isEqualTo(Duration.ofSeconds(160));
        assertThat(both.entries().get(12).offset()).isEqualTo(Duration.ofMillis(160_030));
        assertThat(both.keepsSecrets()).isFalse();
        assertThat(both.toSvg()).contains("another attempt, 1:05 min later");
    }

    @Test
    void theSecondInviteIsARepeatedOne() {
        assertThat(TRACE.entries())
                .filteredOn(CallTrace.Entry::repeated)
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.method()).isEqualTo("INVITE");
                    assertThat(entry.offset()).isEqualTo(Duration.ofMillis(524));
                });
        assertThat(TRACE.entries())
                .filteredOn(CallTrace.Entry::describesSession)
                .extracting(CallTrace.Entry::cseq)
                .containsExactly(1L, 2L, 2L, 2L);
    }

    @Test
    void whatIsNoTraceIsRefused() {
        for (byte[] none : List.of(new byte[0], new byte[] {2, 3}, new byte[] {1}, new byte[] {1, 2, 3, 4})) {
            assertThatThrownBy(() -> CallTrace.parse(none)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void feedMutations(int count, long seed) throws IOException {
        var random = new Random(seed);
        byte[] stored = TRACE.stored(true);
        byte[] plain = new InflaterInputStream(new ByteArrayInputStream(stored, 1, stored.length - 1)).readAllBytes();
        int read = 0;
        for (int i = 0; i < count; i++) {
            byte[] input = random.nextInt(4) == 0 ? mutated(stored, random) : deflated(mutated(plain, random));
            try {
                CallTrace trace = CallTrace.parse(input);
                assertThat(trace.toText()).isNotNull();
                assertThat(trace.toSvg()).endsWith("</svg>\n");
                assertThat(trace.toPcap()).isNotEmpty();
                read++;
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageContaining("trace");
            } catch (RuntimeException | Error broken) {
                throw new AssertionError("fails for " + HexFormat.of().formatHex(input), broken);
            }
        }
        assertThat(read).isBetween(count / 100, count - 1);
    }

    private static byte[] mutated(byte[] origin, Random random) {
        byte[] input = origin.clone();
        for (int i = random.nextInt(3); i >= 0 && input.length > 0; i--) {
            if (random.nextInt(5) == 0) input = Arrays.copyOf(input, random.nextInt(input.length));
            else input[random.nextInt(input.length)] = (byte) random.nextInt(256);
        }
        return input;
    }

    private static byte[] deflated(byte[] plain) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.write(1);
        try (var out = new DeflaterOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    @Test
    void whatIsDamagedIsReadOrRefused() throws IOException {
        feedMutations(2_000, 1);
    }

    @Tag("slow")
    @Test
    void aHundredThousandDamagesAreReadOrRefused() throws IOException {
        feedMutations(100_000, 2);
    }
}
