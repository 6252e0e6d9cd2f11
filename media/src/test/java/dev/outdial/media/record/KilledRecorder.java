package dev.outdial.media.record;

import java.nio.file.Path;
import java.util.concurrent.Executors;

/** A program that records both sides until it is killed. */
final class KilledRecorder {
    private KilledRecorder() {}

    public static void main(String[] args) throws InterruptedException {
        var workers = Executors.newScheduledThreadPool(1);
        var options = new RecordingOptions(
                RecordingOptions.Sides.STEREO, RecordingOptions.Format.valueOf(args[1]), false, 0, "", 0);
        long now = 0;
        Recorder recorder = Recorder.start(Path.of(args[0]), options, workers, why -> {}, now);
        var samples = new short[160];
        for (int i = 0; i < samples.length; i++) samples[i] = 1000;
        System.out.println("recording");
        // Eight times as fast as a call: in each write there is more than in one of a call's.
        while (true) {
            for (int i = 0; i < 2; i++, now += 20_000_000) {
                recorder.putOurs(samples, samples.length, now);
                recorder.tick(now);
            }
            Thread.sleep(5);
        }
    }
}
