package dev.outdial.media;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.dtmf.TelephoneEventSender;
import dev.outdial.media.mix.Mixing;
import dev.outdial.media.rtp.EncodedClip;
import dev.outdial.media.rtp.RtpSender;
import dev.outdial.media.sdp.Negotiation.Agreed;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Decides what leaves in each packet time: clips and keys one after another, silence where there are none, and where it is
 * asked for a clip beneath all of it, and live sound. Of two clips in a row the second begins in the sample after the first.
 * Deterministic.
 * <b>Threading:</b> one owner, the media loop.
 */
final class OutgoingStream {
    private final RtpSender sender;
    private final Consumer<MediaEvent> events;
    private final Silence silence;
    private final CodedSound coded = new CodedSound();
    private final ArrayDeque<OutgoingItem> queue = new ArrayDeque<>();
    /** Clips whose last sample is in the last packet: over when that packet's time is. */
    private final ArrayDeque<OutgoingClip> ending = new ArrayDeque<>();

    private final LiveSounds live = new LiveSounds();
    private final SentSound sent = new SentSound();

    private Optional<OutgoingClip> beneath = Optional.empty();
    /** What came from the far end and goes back where nothing else plays. */
    private Optional<PacketLoop> loop = Optional.empty();

    private Optional<Agreed> agreed = Optional.empty();
    private int samplesPerPacket;
    private short[] sound = {};
    private short[] soundBeneath = {};
    private short[] liveSound = {};
    /** Whether {@link #liveSound} has something for this packet. */
    private boolean isLive;
    /** Whether {@link #loop} has something for this packet. */
    private boolean isLooped;
    /** Where this packet's sound begins; {@link #SentSound.NONE} where it has none. */
    private int soundStart = SentSound.NONE;

    private boolean muted;
    private boolean inTalkspurt;
    private boolean finished;

    OutgoingStream(RtpSender sender, Consumer<MediaEvent> events) {
        this.sender = sender;
        this.events = events;
        this.silence = new Silence(sender);
    }

    /** From now on these terms hold. What plays in another codec ends; all else goes on, in packets of the new length. */
    void agree(Agreed terms) {
        agreed = Optional.of(terms);
        samplesPerPacket = AudioCodec.samplesIn(terms.ptimeMillis());
        sender.clockRate(terms.codec().clockRate());
        silence.agree(terms);
        coded.agree(terms.codec());
        sound = new short[samplesPerPacket];
        soundBeneath = new short[samplesPerPacket];
        liveSound = new short[samplesPerPacket];
        live.agree(samplesPerPacket);
        sent.agree(terms.codec(), samplesPerPacket);
        loop.ifPresent(back -> back.agree(terms.codec(), samplesPerPacket));
    }

    /** Has what came from the far end go back where nothing else plays, or no longer. */
    void loop(Optional<PacketLoop> next) {
        loop = next;
        if (agreed.isPresent()) loop.ifPresent(back -> back.agree(agreed.get().codec(), samplesPerPacket));
    }

    /** Plays a clip once, as loud as it is. */
    void play(long id, EncodedClip clip) {
        play(id, clip, 1, 0);
    }

    /**
     * Plays a clip after whatever is to be sent already.
     *
     * @param times how often, without a gap; 0 until it is stopped
     * @param volumeDb what is added to its own loudness, -96 to 24
     */
    void play(long id, EncodedClip clip, int times, double volumeDb) {
        enqueue(new OutgoingClip(id, clip, times, volumeDb));
    }

    /**
     * Plays a clip again and again beneath everything but keys, until it is stopped or another takes its place. While the far
     * end does not listen it waits.
     */
    void playBeneath(long id, EncodedClip clip, double volumeDb) {
        playBeneath(new OutgoingClip(id, clip, OutgoingClip.UNTIL_STOPPED, volumeDb));
    }

    void playBeneath(OutgoingClip music) {
        endBeneath();
        if (finished || music.isDone()) events.accept(music.report());
        else beneath = Optional.of(music);
    }

    /** Sends live sound too from now on, beneath clips; keys go out alone. */
    void live(LiveSound sound) {
        live.add(sound);
    }

    /** That one is heard no more. */
    void stopLive(LiveSound sound) {
        live.remove(sound);
    }

    /** Has silence leave in the place of all sound but keys, which goes on unheard; or no longer. */
    void mute(boolean wanted) {
        muted = wanted;
    }

    /** Has the listener hear what is sent, in every packet time from the agreement on; keys and what is not sent are silence. */
    void listen(SoundListener listener) {
        sent.listen(listener);
    }

    /** That one hears nothing more. */
    void stopListening(SoundListener listener) {
        sent.stopListening(listener);
    }

    /** Presses keys for 160 ms each, with 80 ms between. */
    void sendDigits(long id, String digits) {
        sendDigits(id, digits, OutgoingKeys.TONE_MILLIS, OutgoingKeys.PAUSE_MILLIS);
    }

    /**
     * Presses keys after whatever is to be sent already: as telephone-events, or as tones where the far end takes none. Both
     * times are rounded up to whole packets.
     *
     * @param digits keys, and pauses between them, as {@link dev.outdial.media.dtmf.Digits} names them
     * @param toneMillis how long each is down, 40 ms to a minute
     * @param pauseMillis the pause after each, the last one too, 40 ms to a minute
     */
    void sendDigits(long id, String digits, int toneMillis, int pauseMillis) {
        enqueue(new OutgoingKeys(id, digits, toneMillis, pauseMillis));
    }

    /** Sends clips and keys after whatever is to be sent already. */
    void enqueue(OutgoingItem item) {
        if (finished) events.accept(item.report());
        else queue.add(item);
    }

    /** Presses keys before any clip, the one that plays included, which goes on after them; keys that wait already come first. */
    void enqueueBeforeClips(OutgoingKeys keys) {
        if (finished) {
            events.accept(keys.report());
            return;
        }
        var first = new ArrayDeque<OutgoingItem>();
        while (queue.peek() instanceof OutgoingKeys) first.add(queue.remove());
        first.add(keys);
        while (!first.isEmpty()) queue.addFirst(first.removeLast());
    }

    /** Forgets the clips, the one that plays and the one beneath too; keys stay. */
    void stopPlaying() {
        stop(clip -> true);
    }

    /** Forgets one clip, whether it plays, waits or lies beneath. What is over already stays so. */
    void stop(long id) {
        stop(clip -> clip.id() == id);
    }

    private void stop(Predicate<OutgoingClip> which) {
        reportEnding();
        for (OutgoingItem item : queue)
            if (item instanceof OutgoingClip clip && which.test(clip)) events.accept(clip.report());
        queue.removeIf(item -> item instanceof OutgoingClip clip && which.test(clip));
        if (beneath.filter(which).isPresent()) endBeneath();
    }

    private void endBeneath() {
        beneath.ifPresent(clip -> events.accept(clip.report()));
        beneath = Optional.empty();
    }

    /** The session ends: what waits is reported as far as it came. */
    void finish() {
        finished = true;
        abandon();
        endBeneath();
    }

    private void abandon() {
        reportEnding();
        while (!queue.isEmpty()) events.accept(queue.remove().report());
        endTalkspurt();
    }

    private void reportEnding() {
        while (!ending.isEmpty()) events.accept(ending.remove().report());
    }

    private void endTalkspurt() {
        inTalkspurt = false;
        coded.interrupt();
        silence.end();
    }

    /**
     * Writes the packet of this packet time and moves on to the next.
     *
     * @return false where nothing is to be sent
     */
    boolean tick(ByteBuffer target, long nowNanos) {
        if (agreed.isEmpty()) return false;
        Agreed terms = agreed.get();
        boolean written = false;
        soundStart = SentSound.NONE;
        if (terms.mayTalk()) settle(terms);
        boolean heard = terms.mayTalk() && !(queue.peek() instanceof OutgoingKeys);
        isLive = live.fill(liveSound, samplesPerPacket, nowNanos, heard);
        isLooped = loop.isPresent() && loop.get().take();
        if (terms.mayTalk()) {
            written = write(target, terms);
        } else {
            // A far end that does not listen is sent nothing, and nobody knows for how long: who plays is told so now.
            abandon();
        }
        sender.advance(terms.codec().clockUnits(samplesPerPacket));
        if (!sent.isEmpty()) sent.tell(target, soundStart, nowNanos);
        return written;
    }

    /** Takes away what is done. */
    private void settle(Agreed terms) {
        reportEnding();
        for (OutgoingItem item; (item = queue.peek()) != null && item.isDone(terms); )
            events.accept(queue.remove().report());
        if (beneath.isPresent() && beneath.get().isDone(terms)) endBeneath();
    }

    private boolean write(ByteBuffer target, Agreed terms) {
        if (!(queue.peek() instanceof OutgoingKeys keys)) return writeUnlessMuted(target, terms);
        return switch (keys.tick(sender.timestamp(), samplesPerPacket, terms)) {
            case EVENT -> writeEvent(keys, target, terms);
            case TONE -> writeTone(keys, target, terms);
            case PAUSE -> writeUnlessMuted(target, terms);
        };
    }

    /** What is muted is made all the same: it goes on in time. */
    private boolean writeUnlessMuted(ByteBuffer target, Agreed terms) {
        boolean written = writeAudio(target, terms);
        if (muted && soundStart != SentSound.NONE) {
            silence.cover(target, soundStart);
            coded.interrupt();
        }
        return written;
    }

    private boolean writeEvent(OutgoingKeys keys, ByteBuffer target, Agreed terms) {
        int type = terms.telephoneEventPayloadType().orElseThrow();
        sender.writeHeader(target, type, keys.marker(), keys.timestamp(), TelephoneEventSender.PAYLOAD_BYTES);
        keys.writeEvent(target);
        endTalkspurt();
        return true;
    }

    private boolean writeTone(OutgoingKeys keys, ByteBuffer target, Agreed terms) {
        keys.fillTone(sound, samplesPerPacket);
        writeSamples(target, terms);
        return true;
    }

    /** Writes a packet of {@link #sound}. */
    private void writeSamples(ByteBuffer target, Agreed terms) {
        if (terms.codec().hasState()) {
            writeCoded(target, terms, coded.encode(sound, samplesPerPacket));
        } else {
            writeAudioHeader(target, terms, terms.codec().bytesFor(samplesPerPacket));
            terms.codec().encode(sound, 0, samplesPerPacket, target);
        }
    }

    private boolean writeAudio(ByteBuffer target, Agreed terms) {
        boolean clip = queue.peek() instanceof OutgoingClip;
        if (!clip && beneath.isEmpty() && !isLive) {
            if (isLooped) return writeLooped(target, terms);
            inTalkspurt = false;
            coded.interrupt();
            return silence.write(target, terms);
        }
        if (terms.codec().hasState()) {
            writeFrame(target, terms);
            return true;
        }
        writeAudioHeader(target, terms, terms.codec().bytesFor(samplesPerPacket));
        if (clip) copyClips(target, terms);
        else if (beneath.isPresent()) beneath.get().copy(target, samplesPerPacket);
        else terms.codec().encode(liveSound, 0, samplesPerPacket, target);
        if (clip && beneath.isPresent()) mixIn(beneath.get(), target, soundStart, terms.codec());
        if (isLive && (clip || beneath.isPresent())) mixInLive(target, terms.codec());
        return true;
    }

    private boolean writeLooped(ByteBuffer target, Agreed terms) {
        coded.interrupt();
        ByteBuffer payload = loop.orElseThrow().taken();
        writeAudioHeader(target, terms, payload.remaining());
        target.put(payload);
        return true;
    }

    /** Writes the next frame of a clip as it is, or where it is changed or mixed what becomes of it. */
    private void writeFrame(ByteBuffer target, Agreed terms) {
        Optional<OutgoingClip> playing =
                queue.peek() instanceof OutgoingClip clip ? Optional.of(clip) : Optional.empty();
        Optional<OutgoingClip> first = playing.or(() -> beneath);
        boolean mixed = isLive || playing.isPresent() && beneath.isPresent();
        if (!mixed && first.orElseThrow().isAsItIs()) {
            writeCoded(target, terms, coded.frame(first.get()));
        } else {
            mixFrames(playing);
            writeSamples(target, terms);
        }
        if (playing.isPresent() && playing.get().isDone()) {
            ending.add(playing.get());
            queue.remove();
        }
    }

    private void mixFrames(Optional<OutgoingClip> playing) {
        Arrays.fill(sound, (short) 0);
        if (playing.isPresent()) mixFrame(playing.get());
        if (beneath.isPresent()) mixFrame(beneath.get());
        if (isLive) Mixing.mixInto(sound, liveSound, samplesPerPacket);
    }

    private void mixFrame(OutgoingClip clip) {
        clip.decodeFrame(soundBeneath, samplesPerPacket);
        Mixing.mixInto(sound, soundBeneath, samplesPerPacket);
    }

    private void writeCoded(ByteBuffer target, Agreed terms, ByteBuffer payload) {
        writeAudioHeader(target, terms, payload.remaining());
        target.put(payload);
    }

    private void writeAudioHeader(ByteBuffer target, Agreed terms, int byteLength) {
        // The marker bit starts a talkspurt (RFC 3551 section 4.1).
        sender.writeHeader(target, terms.sendPayloadType(), !inTalkspurt, sender.timestamp(), byteLength);
        inTalkspurt = true;
        silence.end();
        soundStart = target.position();
    }

    /** Fills a packet with the clip that plays, and where it ends with those after it. */
    private void copyClips(ByteBuffer target, Agreed terms) {
        int left = samplesPerPacket;
        while (left > 0 && queue.peek() instanceof OutgoingClip clip && clip.fits(terms)) {
            left -= clip.copy(target, left);
            if (clip.isDone()) {
                ending.add(clip);
                queue.remove();
            }
        }
        silence.put(target, terms.codec().bytesFor(left));
    }

    /** Mixes a clip into a packet's sound. It is written where that was: no other buffer is needed. */
    private void mixIn(OutgoingClip other, ByteBuffer target, int start, AudioCodec codec) {
        int byteLength = codec.bytesFor(samplesPerPacket);
        codec.decode(target, start, byteLength, sound, 0);
        other.copy(target.position(start), samplesPerPacket);
        codec.decode(target, start, byteLength, soundBeneath, 0);
        Mixing.mixInto(sound, soundBeneath, samplesPerPacket);
        codec.encode(sound, 0, samplesPerPacket, target.position(start));
    }

    private void mixInLive(ByteBuffer target, AudioCodec codec) {
        codec.decode(target, soundStart, codec.bytesFor(samplesPerPacket), sound, 0);
        Mixing.mixInto(sound, liveSound, samplesPerPacket);
        codec.encode(sound, 0, samplesPerPacket, target.position(soundStart));
    }
}
