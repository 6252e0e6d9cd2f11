package dev.outdial.media.fuzz;

import static dev.outdial.media.fuzz.Datagrams.require;

import dev.outdial.media.dtmf.Digits;
import dev.outdial.media.dtmf.InfoDigits;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Anything as the body of an INFO: a key that can be pressed, or none. */
public final class InfoDigitsTarget {
    private InfoDigitsTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        for (String type :
                List.of(InfoDigits.RELAY, InfoDigits.PLAIN, new String(input, StandardCharsets.ISO_8859_1))) {
            InfoDigits.read(type, input).ifPresent(press -> {
                require(Digits.areKeysOrPauses(String.valueOf(press.digit())), "a key");
                require(press.durationMillis() >= 1 && press.durationMillis() <= Digits.MAX_MILLIS, "a time");
                require(
                        InfoDigits.read(InfoDigits.RELAY, InfoDigits.write(press.digit(), press.durationMillis()))
                                .orElseThrow()
                                .equals(press),
                        "written and read it is the same");
            });
        }
    }

    static List<byte[]> seeds() {
        return List.of(
                InfoDigits.write('5', 160),
                "signal = 10\nduration = 90\n".getBytes(StandardCharsets.US_ASCII),
                "Duration=1\r\nSignal=#".getBytes(StandardCharsets.US_ASCII),
                "*".getBytes(StandardCharsets.US_ASCII));
    }
}
