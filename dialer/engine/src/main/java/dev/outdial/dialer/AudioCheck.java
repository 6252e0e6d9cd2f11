package dev.outdial.dialer;

import dev.outdial.media.SoundChecker;
import dev.outdial.media.check.SoundReport;
import dev.outdial.media.file.FileTrouble;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What will be heard of a clip, found out without a call. Levels are those of the sound as a callee hears it before the codec, brought
 * to 8 kHz and without its constant offset, but neither levelled nor louder than it is; 0 dB is full scale, and {@link #SILENT_DB}
 * stands for nothing at all.
 *
 * @param format what the sound is kept as, for people: {@code WAV, PCM 16 bit} or {@code MP3}
 * @param durationMillis how long it is
 * @param sampleRate of the file, a second
 * @param channels of the file; they are mixed to one, with the same weight
 * @param levelDb root mean square from the first sound to the last
 * @param loudnessLufs by ITU-R BS.1770, gated; -70 where there is nothing
 * @param peakDb of the largest sample; above 0 for what will be cut
 * @param silenceAtStartMillis before the first 10 ms that are louder than -60 dB; all of it where nothing is
 * @param silenceAtEndMillis after the last 10 ms that are
 * @param clippedSamples samples of the mixed file that are cut off or will be: above full scale, or two or more in a row at it
 * @param dcOffset the mean of the file's samples, at full scale from -1 to 1; what a callee hears is without it
 * @param bandwidthHz up to where the file has sound: the highest frequency that is at most 55 dB below the strongest. A callee hears
 *     no more than 3800 Hz of it
 */
public record AudioCheck(
        String format,
        long durationMillis,
        int sampleRate,
        int channels,
        double levelDb,
        double loudnessLufs,
        double peakDb,
        long silenceAtStartMillis,
        long silenceAtEndMillis,
        long clippedSamples,
        double dcOffset,
        int bandwidthHz) {
    /** The level of what is softer than 16 bits can tell. */
    public static final double SILENT_DB = SoundReport.SILENT_DB;

    /**
     * Checks a local file. Reads all of it.
     *
     * @throws DialerException with a sentence, if it is not there or cannot be played
     */
    public static AudioCheck of(Path file) {
        return of(AudioClip.of(file));
    }

    /**
     * Checks a clip of a local file; its volume and repeats do not matter. {@link Dialer#check(AudioClip)} is for what is fetched or spoken.
     *
     * @throws DialerException with a sentence, if it cannot be played
     */
    public static AudioCheck of(AudioClip clip) {
        return of(clip, filesOnly());
    }

    /**
     * Writes what a callee hears of a clip of a local file over a line without faults, once: mixed, at 8 kHz, as loud as the clip says, and
     * through G.711 there and back.
     *
     * @param wav where to write it; a file of that name is replaced
     * @throws DialerException with a sentence, if the clip cannot be played or the file cannot be written
     */
    public static void writeHeard(AudioClip clip, Path wav) {
        writeHeard(clip, wav, filesOnly());
    }

    static AudioCheck of(AudioClip clip, SoundChecker checker) {
        try {
            return of(checker.check(ClipLibrary.sound(clip.source())));
        } catch (IOException trouble) {
            throw ClipLibrary.unplayable(clip, trouble);
        }
    }

    static void writeHeard(AudioClip clip, Path wav, SoundChecker checker) {
        try {
            checker.writeHeard(ClipLibrary.sound(clip.source()), clip.atPromptLevel(), clip.volumeDb(), wav);
        } catch (FileSystemException unwritable) {
            if (!wav.toString().equals(unwritable.getFile())) {
                throw ClipLibrary.unplayable(clip, unwritable);
            }
            throw new DialerException(wav + " cannot be written: " + FileTrouble.why(unwritable), unwritable);
        } catch (IOException trouble) {
            throw ClipLibrary.unplayable(clip, trouble);
        }
    }

    private static SoundChecker filesOnly() {
        return new SoundChecker(Optional.empty(), Optional.empty());
    }

    private static AudioCheck of(SoundReport report) {
        return new AudioCheck(
                report.format(),
                report.durationMillis(),
                report.sampleRate(),
                report.channels(),
                report.levelDb(),
                report.loudnessLufs(),
                report.peakDb(),
                report.silenceAtStartMillis(),
                report.silenceAtEndMillis(),
                report.clippedSamples(),
                report.dcOffset(),
                report.bandwidthHz());
    }
}
