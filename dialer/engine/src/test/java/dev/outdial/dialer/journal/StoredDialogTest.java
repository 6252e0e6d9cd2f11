package dev.outdial.dialer.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.fuzz.JazzerRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredDialogTest {
    private static final StoredDialog DIALOG = new StoredDialog(
            "carrier",
            "7f3a@outdial",
            "\"Ann Ö.\" <sip:1000@carrier.example>;tag=ours",
            "<sip:2000@carrier.example>;tag=theirs",
            "sip:2000@192.0.2.7:5070;transport=tls",
            List.of("<sip:edge.carrier.example;lr>", "<sip:core.carrier.example;lr>"),
            3,
            new StoredDialog.Hop("tls", "[2001:db8::1]", 5061, Optional.of("carrier.example")));

    @TempDir
    private Path folder = Path.of("");

    @Test
    void whatIsWrittenIsReadAgain() {
        assertThat(StoredDialog.parse(DIALOG.text())).isEqualTo(DIALOG);
        var direct = new StoredDialog(
                "direct", "1", "<sip:a@b>", "<sip:c@d>", "sip:c@d", List.of(), 0, hop("udp", "192.0.2.1", 5060));
        assertThat(StoredDialog.parse(direct.text())).isEqualTo(direct);
        assertThat(direct.toString()).doesNotContain("sip:");
    }

    @Test
    void whatWouldBreakAMessageOrLeadNowhereIsRefused() {
        assertThatThrownBy(() -> with("7f3a\r\nVia: x")).hasMessageContaining("control character");
        assertThatThrownBy(() -> with(" ")).hasMessageContaining("without a Call-ID");
        assertThatThrownBy(() -> hop("sctp", "192.0.2.1", 5060)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> hop("udp", "example.com", 5060)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> hop("udp", "192.0.2.1", 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> hop("tls", "192.0.2.1", 5061)).hasMessageContaining("name to verify");
        assertThatThrownBy(() -> StoredDialog.parse("")).hasMessageContaining("no stored dialog");
        assertThatThrownBy(() -> StoredDialog.parse(DIALOG.text().replace("cseq 3", "cseq 9999999999")))
                .hasMessageContaining("CSeq");
        assertThatThrownBy(() -> StoredDialog.parse(DIALOG.text().replace("\nlocal", "\nloco")))
                .hasMessageContaining("'local' is missing");
    }

    @Test
    void changedTextsAreReadOrRefused() {
        var random = new Random(1);
        byte[] seed = seed();
        for (int i = 0; i < 20_000; i++) {
            byte[] input = seed.clone();
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                input[random.nextInt(input.length)] = (byte) (random.nextBoolean() ? random.nextInt(256) : '\n');
            }
            StoredDialogTarget.fuzzerTestOneInput(input);
        }
    }

    @Test
    @Tag("slow")
    void jazzerFindsNothing() throws Exception {
        JazzerRun.findsNothing(
                StoredDialogTarget.class, List.of(seed()), folder, 4096, "dev.outdial.dialer.journal.**");
    }

    private static byte[] seed() {
        return DIALOG.text().getBytes(StandardCharsets.UTF_8);
    }

    private static StoredDialog.Hop hop(String transport, String address, int port) {
        return new StoredDialog.Hop(transport, address, port, Optional.empty());
    }

    private static StoredDialog with(String callId) {
        return new StoredDialog("carrier", callId, "a", "b", "sip:c@d", List.of(), 1, hop("udp", "192.0.2.1", 5060));
    }
}
