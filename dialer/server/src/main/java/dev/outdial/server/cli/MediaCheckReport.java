package dev.outdial.server.cli;

import dev.outdial.dialer.AudioCheck;

/** What {@code outdial media check --json} prints: the numbers of {@link AudioCheck}, rounded to what they are worth. */
record MediaCheckReport(
        String source,
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
    static MediaCheckReport of(String source, AudioCheck check) {
        return new MediaCheckReport(
                source,
                check.format(),
                check.durationMillis(),
                check.sampleRate(),
                check.channels(),
                rounded(check.levelDb(), 100),
                rounded(check.loudnessLufs(), 100),
                rounded(check.peakDb(), 100),
                check.silenceAtStartMillis(),
                check.silenceAtEndMillis(),
                check.clippedSamples(),
                rounded(check.dcOffset(), 100_000),
                check.bandwidthHz());
    }

    private static double rounded(double value, double steps) {
        // Adding zero turns a minus zero into none.
        return Math.round(value * steps) / steps + 0.0;
    }
}
