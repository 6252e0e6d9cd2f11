package dev.outdial.media.fuzz;

import dev.outdial.media.IncomingStreamTarget;
import java.util.List;

/** What is fed with anything: a class as Jazzer wants it, and the inputs that it begins with. */
enum Target {
    RTP(RtpTarget.class, RtpTarget::fuzzerTestOneInput, RtpTarget.seeds()),
    RTCP(RtcpTarget.class, RtcpTarget::fuzzerTestOneInput, RtcpTarget.seeds()),
    TELEPHONE_EVENT(TelephoneEventTarget.class, TelephoneEventTarget::fuzzerTestOneInput, TelephoneEventTarget.seeds()),
    INFO_DIGITS(InfoDigitsTarget.class, InfoDigitsTarget::fuzzerTestOneInput, InfoDigitsTarget.seeds()),
    SDP(SdpTarget.class, SdpTarget::fuzzerTestOneInput, SdpTarget.seeds()),
    CODED_SOUND(CodedSoundTarget.class, CodedSoundTarget::fuzzerTestOneInput, CodedSoundTarget.seeds()),
    SRTP(SrtpTarget.class, SrtpTarget::fuzzerTestOneInput, SrtpTarget.seeds()),
    INCOMING_STREAM(IncomingStreamTarget.class, IncomingStreamTarget::fuzzerTestOneInput, IncomingStreamTarget.seeds());

    /** Takes one input; throws where something does not hold. */
    interface Feed {
        void take(byte[] input);
    }

    final Class<?> type;
    final Feed feed;
    final List<byte[]> seeds;

    Target(Class<?> type, Feed feed, List<byte[]> seeds) {
        this.type = type;
        this.feed = feed;
        this.seeds = List.copyOf(seeds);
    }
}
