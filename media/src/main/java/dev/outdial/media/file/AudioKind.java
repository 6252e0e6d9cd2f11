package dev.outdial.media.file;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** What a file is by its first bytes. */
final class AudioKind {
    /** Ends the sentence about a file that is something else. */
    static final String EXPECTED = ", expected MP3, WAV, Ogg Vorbis, Ogg Opus, AIFF or AU";

    private static final int HEAD_BYTES = 64;

    /** What is known by its name, and not played. */
    private record Stranger(int offset, String magic, String name) {}

    private static final List<Stranger> STRANGERS = List.of(
            new Stranger(0, "RIFX", "RIFX (a WAV file with its bytes the other way round)"),
            new Stranger(0, "fLaC", "FLAC"),
            new Stranger(4, "ftyp", "MP4 or AAC"),
            new Stranger(0, "ADIF", "AAC"),
            new Stranger(0, "#!AMR", "AMR"),
            new Stranger(0, "caff", "CAF"),
            new Stranger(0, "wvpk", "WavPack"),
            new Stranger(0, "MAC ", "Monkey's Audio"),
            new Stranger(0, "MThd", "MIDI"),
            new Stranger(0, "\u001AE\u00DF\u00A3", "Matroska or WebM"),
            new Stranger(0, "0&\u00B2u\u008Ef\u00CF\u0011", "Windows Media"),
            new Stranger(0, "riff\u002E\u0091\u00CF\u0011", "Wave64"),
            new Stranger(0, "%PDF", "a PDF document"),
            new Stranger(0, "PK\u0003\u0004", "a ZIP archive"),
            new Stranger(0, "\u001F\u008B", "compressed by gzip"));

    private AudioKind() {}

    static PcmSource openByContent(AudioInput input) throws IOException {
        String head = input.textAt(0, HEAD_BYTES);
        if (head.startsWith("RIFF") || head.startsWith("RF64") || head.startsWith("BW64")) return WavSource.open(input);
        if (head.startsWith("OggS")) return OggSource.open(input);
        if (head.startsWith("FORM") && (head.startsWith("AIFF", 8) || head.startsWith("AIFC", 8)))
            return JavaSoundSource.aiff(input);
        if (head.startsWith(".snd")) return JavaSoundSource.au(input);
        for (Stranger stranger : STRANGERS)
            if (head.startsWith(stranger.magic, stranger.offset)) throw input.refusal(stranger.name + EXPECTED);
        // An address that needs a login, or that is gone, often answers so.
        String text = head.replace("\u00EF\u00BB\u00BF", "").strip().toLowerCase(Locale.ROOT);
        if (text.startsWith("<!doctype html") || text.startsWith("<html")) throw input.refusal("a web page" + EXPECTED);
        if (head.length() > 1 && head.charAt(0) == 0xFF && (head.charAt(1) & 0xF6) == 0xF0)
            throw input.refusal("AAC" + EXPECTED);
        return Mp3Source.open(input);
    }
}
