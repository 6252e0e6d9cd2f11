package dev.outdial.media.check;

/**
 * What a file holds and what will be heard of it. Levels are those of the sound as a callee hears it before the codec, at 8 kHz and
 * without its constant offset; 0 dB is full scale, as a square wave has it, and {@link #SILENT_DB} stands for nothing at all.
 *
 * @param format what the sound is kept as, for people
 * @param durationMillis how long it is, rounded
 * @param sampleRate of the file, a second
 * @param channels of the file; they are mixed to one, with the same weight
 * @param levelDb root mean square from the first sound to the last, silence between them included
 * @param loudnessLufs by ITU-R BS.1770, gated; {@link dev.outdial.media.level.Loudness#NOTHING_LUFS} where there is nothing
 * @param peakDb of the largest sample; above 0 for what will be cut
 * @param silenceAtStartMillis before the first 10 ms that are louder than -60 dB; all of it where nothing is
 * @param silenceAtEndMillis after the last 10 ms that are
 * @param clippedSamples samples of the mixed file that are cut off or will be: above full scale, or two or more in a row at it
 * @param dcOffset the mean of the file's samples, at full scale from -1 to 1; what a callee hears is without it
 * @param bandwidthHz up to where the file has sound: the highest frequency that is at most 55 dB below the strongest
 */
public record SoundReport(
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
    public static final double SILENT_DB = -99;
}
