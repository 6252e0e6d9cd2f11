package dev.outdial.dialer.flow.draw;

import java.util.ArrayList;
import java.util.List;

/** How wide text is in a sans-serif font, roughly and rather too wide than too narrow; breaks it into lines. */
final class TextWidth {
    private static final String ELLIPSIS = "…";

    private TextWidth() {}

    /** In pixels. */
    static int of(String text, int fontSize) {
        double em = text.codePoints().mapToDouble(TextWidth::em).sum();
        return (int) Math.ceil(em * fontSize);
    }

    private static double em(int c) {
        if (c >= 0x1100) return 1.05;
        if ("iljtfrI.,:;'!|()[] ".indexOf(c) >= 0) return 0.4;
        if ("mwMW@%".indexOf(c) >= 0) return 0.95;
        return Character.isUpperCase(c) ? 0.72 : 0.61;
    }

    /** The text, or as much of it as has room. */
    static String cut(String text, int width, int fontSize) {
        if (of(text, fontSize) <= width) return text;
        int room = width - of(ELLIPSIS, fontSize);
        return text.substring(0, fitting(text, room, fontSize)).stripTrailing() + ELLIPSIS;
    }

    /** How many characters have room, at least one, and never half of one. */
    private static int fitting(String text, int width, int fontSize) {
        int end = text.offsetByCodePoints(0, 1);
        while (end < text.length()) {
            int next = text.offsetByCodePoints(end, 1);
            if (of(text.substring(0, next), fontSize) > width) break;
            end = next;
        }
        return end;
    }

    /** Broken into so many lines at most; the last one shows where something is left out. */
    static List<String> wrap(String text, int width, int fontSize, int most) {
        var lines = new ArrayList<String>();
        String rest = text.strip().replaceAll("\\s+", " ");
        while (!rest.isEmpty()) {
            if (lines.size() == most - 1 || of(rest, fontSize) <= width) {
                lines.add(cut(rest, width, fontSize));
                break;
            }
            int end = fitting(rest, width, fontSize);
            int space = rest.lastIndexOf(' ', end);
            if (space > 0) end = space;
            lines.add(rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).stripLeading();
        }
        return lines;
    }
}
