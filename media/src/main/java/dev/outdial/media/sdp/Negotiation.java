package dev.outdial.media.sdp;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.srtp.SrtpTerms;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalInt;

/** What came of an offer once its answer was read. */
public sealed interface Negotiation {

    /**
     * The two ends can talk.
     *
     * @param codec what is sent
     * @param sendPayloadType the number that the far end wants it under
     * @param telephoneEventPayloadType the number to send keys with, empty where the far end takes none
     * @param telephoneEventClockRate the units a second in which they count: the codec's own, unless the far end knows another only
     * @param comfortNoisePayloadType the number to send comfort noise with, empty where it was not agreed
     * @param receive what the far end may send, by the numbers that it may send it with
     * @param ptimeMillis the packet length to send, 10 to 40 ms
     * @param remoteRtp where RTP is sent to, and the only address that it is taken from
     * @param remoteRtcp where RTCP is sent to: {@code a=rtcp} (RFC 3605) or the port after RTP's
     * @param mayTalk false where the far end wants nothing sent: {@code sendonly}, {@code inactive} or c=0.0.0.0
     * @param mayListen false where the far end sends nothing: {@code recvonly} or {@code inactive}
     * @param srtp the keys, empty where the sound goes in clear
     */
    record Agreed(
            AudioCodec codec,
            int sendPayloadType,
            OptionalInt telephoneEventPayloadType,
            int telephoneEventClockRate,
            OptionalInt comfortNoisePayloadType,
            PayloadTypes receive,
            int ptimeMillis,
            InetSocketAddress remoteRtp,
            InetSocketAddress remoteRtcp,
            boolean mayTalk,
            boolean mayListen,
            Optional<SrtpTerms> srtp)
            implements Negotiation {
        /** With telephone-events that count as the codec does. */
        public Agreed(
                AudioCodec codec,
                int sendPayloadType,
                OptionalInt telephoneEventPayloadType,
                OptionalInt comfortNoisePayloadType,
                PayloadTypes receive,
                int ptimeMillis,
                InetSocketAddress remoteRtp,
                InetSocketAddress remoteRtcp,
                boolean mayTalk,
                boolean mayListen,
                Optional<SrtpTerms> srtp) {
            this(
                    codec,
                    sendPayloadType,
                    telephoneEventPayloadType,
                    codec.clockRate(),
                    comfortNoisePayloadType,
                    receive,
                    ptimeMillis,
                    remoteRtp,
                    remoteRtcp,
                    mayTalk,
                    mayListen,
                    srtp);
        }

        public Agreed {
            checkPayloadType(sendPayloadType);
            telephoneEventPayloadType.ifPresent(Agreed::checkPayloadType);
            comfortNoisePayloadType.ifPresent(Agreed::checkPayloadType);
            if (ptimeMillis < 10 || ptimeMillis > 40 || codec.packetMillis(ptimeMillis) != ptimeMillis)
                throw new IllegalArgumentException("ptime " + ptimeMillis);
            if (remoteRtp.isUnresolved() || remoteRtcp.isUnresolved())
                throw new IllegalArgumentException("unresolved address " + remoteRtp + ", " + remoteRtcp);
        }

        /**
         * Whether RTCP may be sent: whenever there is an address to send to. On hold by direction it goes on, on hold by
         * c=0.0.0.0 it does not (RFC 3264 section 8.4).
         */
        public boolean mayReport() {
            return !remoteRtp.getAddress().isAnyLocalAddress()
                    && !remoteRtcp.getAddress().isAnyLocalAddress();
        }

        private static void checkPayloadType(int number) {
            if (number < 0 || number > 127) throw new IllegalArgumentException("payload type " + number);
        }
    }

    /**
     * They cannot.
     *
     * @param why one sentence for a person
     */
    record Declined(String why) implements Negotiation {}
}
