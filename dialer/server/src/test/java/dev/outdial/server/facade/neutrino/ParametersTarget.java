package dev.outdial.server.facade.neutrino;

import dev.outdial.server.facade.neutrino.PhonePlayback.Wish;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Anything as a content type, up to the first line feed, and a body: a wish that makes sense, or a refusal with a number. */
public final class ParametersTarget {
    private ParametersTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        boolean unused = read(input);
    }

    /** Whether somebody is to be called. */
    static boolean read(byte[] input) {
        int line = 0;
        while (line < input.length && input[line] != '\n') line++;
        String type = new String(input, 0, line, StandardCharsets.ISO_8859_1);
        byte[] body = Arrays.copyOfRange(input, Math.min(line + 1, input.length), input.length);
        try {
            Parameters parameters = Parameters.read(type, body);
            Wish wish = Wish.of(parameters);
            require(!wish.number().isBlank(), "a number");
            require(
                    wish.limit().calls() >= 1
                            && wish.limit().days() >= 1
                            && wish.limit().days() <= 365,
                    "limits");
            require(wish.audioUrl().toLowerCase(java.util.Locale.ROOT).startsWith("http"), "an address of the web");
            require(URI.create(wish.audioUrl()).getHost() != null, "a host");
            return true;
        } catch (Refusal refusal) {
            require(refusal.answer(Casing.KEBAB).status() == 400, "the request's own fault");
            return false;
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) throw new AssertionError("not so: " + what);
    }

    static List<byte[]> seeds() {
        return Stream.of(
                        "application/x-www-form-urlencoded\nnumber=%2B12106100045&audio-url=https%3A%2F%2Fa.b%2Fc.mp3&limit=3",
                        "application/json\n{\"number\":12106100045,\"audio-url\":\"http://a.b/c\",\"limit-ttl\":\"365\"}",
                        "multipart/form-data; boundary=x\n--x\r\nContent-Disposition: form-data; name=\"number\"\r\n\r\n+1\r\n"
                                + "--x\r\nContent-Disposition: form-data; name=audio-url\r\n\r\nhttp://a\r\n--x--\r\n",
                        "\nnumber=1&audio-url=http://[::1]:80/a?b#c")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
