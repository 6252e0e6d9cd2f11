package dev.outdial.media.speech;

import com.sun.speech.freetts.FreeTTSSpeakable;
import com.sun.speech.freetts.OutputQueue;
import com.sun.speech.freetts.Utterance;
import com.sun.speech.freetts.Voice;
import com.sun.speech.freetts.audio.NullAudioPlayer;
import com.sun.speech.freetts.en.us.cmu_us_kal.KevinVoiceDirectory;
import com.sun.speech.freetts.relp.LPCResult;
import dev.outdial.media.file.AudioFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;

/**
 * FreeTTS's voice kevin16, without what that library does besides: no thread, no sound device, no property of the system is set or looked
 * for. Loading it takes about half a second. One owner.
 */
final class FreeTtsVoice implements FreeTtsSynthesizer.EmbeddedVoice {
    static final String NAME = "kevin16";

    private static final int SAMPLE_RATE = 16_000;
    private static final long MAX_SAMPLES = (long) AudioFiles.MAX_SECONDS * SAMPLE_RATE;

    /** Held while a voice is loaded: the library keeps what it reads of one in a place for all, and mixes them up. */
    private static final Object LOADING = new Object();

    private final Voice voice;
    private final float rate;
    private final float pitch;
    private @Nullable Speaking speaking;

    FreeTtsVoice() {
        voice = kevin();
        voice.setAudioPlayer(new NullAudioPlayer());
        voice.setOutputQueue(new Straight());
        synchronized (LOADING) {
            voice.allocate();
        }
        rate = voice.getRate();
        pitch = voice.getPitch();
    }

    private static Voice kevin() {
        for (Voice voice : new KevinVoiceDirectory().getVoices())
            if (voice.getName().equals(NAME)) return voice;
        throw new IllegalStateException("FreeTTS has no voice " + NAME);
    }

    @Override
    public void speak(Script script, Path target, BooleanSupplier stop) throws IOException {
        try (var sink = new WavSink(target, SAMPLE_RATE)) {
            for (Script.Piece piece : script.pieces()) {
                switch (piece) {
                    case Script.Pause pause -> sink.writeSilence(pause.millis());
                    case Script.Words words -> speak(words, sink, stop);
                }
                check(sink);
            }
        }
    }

    private static void check(WavSink sink) throws SpeechException {
        if (sink.sampleCount() > MAX_SAMPLES)
            throw new SpeechException("what is to be said takes more than " + AudioFiles.MAX_SECONDS / 60 + " minutes");
    }

    private void speak(Script.Words words, WavSink sink, BooleanSupplier stop) throws IOException {
        voice.setRate((float) (rate * words.prosody().rate()));
        voice.setPitch((float) (pitch * words.prosody().pitch()));
        var now = new Speaking(
                PlainEnglish.of(words.text()),
                sink,
                Math.pow(10, words.prosody().volumeDb() / 20),
                stop);
        speaking = now;
        try {
            boolean whole = voice.speak(now);
            if (now.trouble != null) throw now.trouble;
            check(sink);
            if (!whole && !stop.getAsBoolean())
                throw new SpeechException("freetts cannot say that: its synthesis failed");
        } finally {
            speaking = null;
        }
    }

    /** Takes what was synthesized where another queue would hand it to a thread that plays it. */
    private final class Straight extends OutputQueue {
        @Override
        public void post(Utterance utterance) {
            Speaking now = speaking;
            if (now == null) return;
            now.take(((LPCResult) utterance.getObject("target_lpcres")).getWaveSamples());
            if (utterance.isLast()) now.completed();
        }
    }

    /** A text on its way through the library. */
    private static final class Speaking implements FreeTTSSpeakable {
        private final String text;
        private final WavSink sink;
        private final double gain;
        private final BooleanSupplier stop;
        private @Nullable IOException trouble;
        private boolean isOver;
        private boolean isCancelled;

        Speaking(String text, WavSink sink, double gain, BooleanSupplier stop) {
            this.text = text;
            this.sink = sink;
            this.gain = gain;
            this.stop = stop;
        }

        /** Samples of 16 bits, big-endian. */
        void take(byte[] samples) {
            try {
                for (int i = 0; i + 1 < samples.length; i += 2)
                    sink.write((float) (gain * ((samples[i] << 8) | (samples[i + 1] & 0xFF)) / 32768));
            } catch (IOException unwritable) {
                trouble = unwritable;
                cancelled();
            }
            if (sink.sampleCount() > MAX_SAMPLES) cancelled();
        }

        @Override
        public void started() {}

        @Override
        public void completed() {
            isOver = true;
        }

        @Override
        public void cancelled() {
            isOver = true;
            isCancelled = true;
        }

        @Override
        public boolean isCompleted() {
            if (stop.getAsBoolean()) cancelled();
            return isOver;
        }

        @Override
        public boolean waitCompleted() {
            return !isCancelled;
        }

        @Override
        public boolean isPlainText() {
            return true;
        }

        @Override
        public boolean isStream() {
            return false;
        }

        @Override
        public boolean isDocument() {
            return false;
        }

        @Override
        public String getText() {
            return text;
        }

        @Override
        public Document getDocument() {
            throw new UnsupportedOperationException("plain text");
        }

        @Override
        public InputStream getInputStream() {
            throw new UnsupportedOperationException("plain text");
        }
    }
}
