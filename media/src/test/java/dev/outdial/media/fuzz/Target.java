package dev.outdial.media.fuzz;

import dev.outdial.media.IncomingStreamTarget;
import dev.outdial.media.fetch.FetchAddressTarget;
import dev.outdial.media.speech.SsmlTarget;
import java.util.List;

/** What is fed with anything: a class as Jazzer wants it, and the inputs that it begins with. */
enum Target {
    RTP(RtpTarget.class, RtpTarget::fuzzerTestOneInput, RtpTarget.seeds()),
    RTCP(RtcpTarget.class, RtcpTarget::fuzzerTestOneInput, RtcpTarget.seeds()),
    TELEPHONE_EVENT(TelephoneEventTarget.class, TelephoneEventTarget::fuzzerTestOneInput, TelephoneEventTarget.seeds()),
    INFO_DIGITS(InfoDigitsTarget.class, InfoDigitsTarget::fuzzerTestOneInput, InfoDigitsTarget.seeds()),
    SDP(SdpTarget.class, SdpTarget::fuzzerTestOneInput, SdpTarget.seeds()),
    // Sound is decoded for each input.
    CODED_SOUND(
            CodedSoundTarget.class, CodedSoundTarget::fuzzerTestOneInput, CodedSoundTarget.seeds(), 3000, 100_000, 100),
    // An XML parser is made for each input.
    SSML(SsmlTarget.class, SsmlTarget::fuzzerTestOneInput, SsmlTarget.seeds(), 3000, 100_000, 2000),
    // A session's keys are derived for each input: that takes longer than all else.
    SRTP(SrtpTarget.class, SrtpTarget::fuzzerTestOneInput, SrtpTarget.seeds(), 3000, 100_000, 100),
    INCOMING_STREAM(IncomingStreamTarget.class, IncomingStreamTarget::fuzzerTestOneInput, IncomingStreamTarget.seeds()),
    // Files are written, opened and decoded to their end.
    WAV(WavTarget.class, WavTarget::fuzzerTestOneInput, WavTarget.seeds(), 500, 20_000, 2000),
    MP3(Mp3Target.class, Mp3Target::fuzzerTestOneInput, Mp3Target.seeds(), 500, 5000, 2000),
    OGG(OggTarget.class, OggTarget::fuzzerTestOneInput, OggTarget.seeds(), 300, 3000, 2000),
    FETCH_ADDRESS(
            FetchAddressTarget.class,
            FetchAddressTarget::fuzzerTestOneInput,
            FetchAddressTarget.seeds(),
            3000,
            500_000,
            100);

    /** Takes one input; throws where something does not hold. */
    interface Feed {
        void take(byte[] input);
    }

    final Class<?> type;
    final Feed feed;
    final List<byte[]> seeds;
    /** Inputs of every build. */
    final int someInputs;
    /** Inputs of the slow run. */
    final int manyInputs;
    /** The longest that one input may take. */
    final int maxMillis;

    Target(Class<?> type, Feed feed, List<byte[]> seeds) {
        this(type, feed, seeds, 3000, 2_000_000, 100);
    }

    Target(Class<?> type, Feed feed, List<byte[]> seeds, int someInputs, int manyInputs, int maxMillis) {
        this.type = type;
        this.feed = feed;
        this.seeds = List.copyOf(seeds);
        this.someInputs = someInputs;
        this.manyInputs = manyInputs;
        this.maxMillis = maxMillis;
    }
}
