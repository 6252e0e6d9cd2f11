package dev.outdial.dialer.call.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyBlankerTest {
    private final KeyBlanker blanker = new KeyBlanker();

    private String blanked(String hex) {
        byte[] packet = HexFormat.of().parseHex(hex.replace(" ", ""));
        blanker.blank(packet);
        return HexFormat.of().formatHex(packet);
    }

    private static String plain(String hex) {
        return hex.replace(" ", "");
    }

    @Test
    void theKeyIsBlankedAndItsTimesStay() {
        assertThat(blanked("80e5 0001 00000100 01020304 058a0640"))
                .isEqualTo(plain("80e5 0001 00000100 01020304 ff8a0640"));
    }

    @Test
    void aKeyBehindSourcesAndAnExtensionIsFound() {
        assertThat(blanked("9165 0001 00000100 01020304 0a0b0c0d bede0001 11223344 050a00a0"))
                .isEqualTo(plain("9165 0001 00000100 01020304 0a0b0c0d bede0001 11223344 ff0a00a0"));
    }

    @Test
    void soundReportsAndWhatIsEncryptedStayAsTheyAre() {
        blanker.described(
                "m=audio 4000 RTP/SAVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\na=crypto:1 x inline:y\r\n");
        for (String packet : new String[] {
            "8000 0001 00000100 01020304 ffffffff",
            "80c8 0001 00000100 01020304",
            "8065 0001 00000100 01020304 05060708 0910",
            "8065 0001 00000100 01020304 05060708 090a0b0c 0d0e",
            "8065 0001 00000100 01020304 05060708 090a0b0c",
            "00",
            ""
        }) assertThat(blanked(packet)).isEqualTo(plain(packet));
    }

    @Test
    void severalKeysInOnePacketAreBlankedWhereTheirTypeWasAgreedOn() {
        blanker.described("m=audio 4000 RTP/AVP 0 98\r\na=rtpmap:98 Telephone-Event/8000\r\n");

        assertThat(blanked("8062 0001 00000100 01020304 058a0640 068a0640"))
                .isEqualTo(plain("8062 0001 00000100 01020304 ff8a0640 ff8a0640"));
    }

    @Test
    void anythingIsTaken() {
        var random = new Random(3);
        for (int i = 0; i < 100_000; i++) {
            byte[] packet = new byte[random.nextInt(40)];
            random.nextBytes(packet);
            blanker.blank(packet);
        }
        blanker.described("m=audio\r\na=rtpmap:999 telephone-event/1\r\n");
        assertThat(blanked("80")).isEqualTo("80");
    }
}
