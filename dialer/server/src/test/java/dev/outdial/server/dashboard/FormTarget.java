package dev.outdial.server.dashboard;

import dev.outdial.server.facade.Asked;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Anything as a form, as cookies, as the name of a file, and as text in a page. */
public final class FormTarget {
    static final List<byte[]> SEEDS = List.of(
            bytes("to=%2B15550100123&plan=say&say=Gr%C3%BC%C3%9Fe+dich&record=yes&csrf=abc"),
            bytes("a=1;outdial_session=0123456789; b=2"),
            bytes("../../etc/Welcome to us (1).mp3"),
            bytes("<td title=\"{}\">'&amp;</td>"));

    private FormTarget() {}

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        Form form = Form.read(input);
        form.fields().values().forEach(FormTarget::isText);
        String text = new String(input, StandardCharsets.UTF_8);
        isText(text);
        require(Uploads.name(text).matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}"), "a name that uploads may have");
        var asked = new Asked(
                "GET", "/", Map.of(), Map.of(), Map.of("cookie", List.of(text)), new Nothing(), "", false, "", "");
        require(
                Cookies.of(asked, Cookies.SESSION)
                        .filter(value -> value.contains(";"))
                        .isEmpty(),
                "a cookie ends where it ends");
    }

    private static void isText(String value) {
        String page = Html.of("<p title=\"{}\">{}</p>", value, value).toString();
        require(page.chars().filter(sign -> sign == '<' || sign == '>').count() == 4, "no tag but ours");
        require(page.chars().filter(sign -> sign == '"').count() == 2, "no attribute but ours");
    }

    private static void require(boolean so, String what) {
        if (!so) throw new AssertionError("not " + what);
    }

    private record Nothing() implements Asked.Body {
        @Override
        public byte[] bytes() {
            return new byte[0];
        }

        @Override
        public InputStream upTo(long maxBytes) {
            return InputStream.nullInputStream();
        }
    }
}
