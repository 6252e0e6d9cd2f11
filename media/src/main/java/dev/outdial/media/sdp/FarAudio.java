package dev.outdial.media.sdp;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.sdp.Format.Numbered;
import dev.outdial.media.sdp.MediaDescription.Connection;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The far end's audio section, with what we know of the session around it.
 *
 * @param formats those that can be spoken here, in its order
 * @param events the telephone-events that it takes
 * @param onHold whether it asks for silence in the old way: c=0.0.0.0 (RFC 2543), which says nothing of what it sends
 */
record FarAudio(
        MediaProfile profile,
        List<Numbered> formats,
        EventRanges events,
        OptionalInt ptimeMillis,
        OptionalInt maxPtimeMillis,
        InetSocketAddress rtp,
        InetSocketAddress rtcp,
        Direction direction,
        boolean onHold,
        List<CryptoAttribute> crypto) {
    static final int MIN_PTIME_MILLIS = 10;
    static final int MAX_PTIME_MILLIS = 40;

    /**
     * Reads a section that is not refused.
     *
     * @param whose how sentences begin: "the answer"
     * @param ours our address: what its sockets are bound to, they reach no other family
     * @param known what numbers mean that the section does not explain, beyond those of RFC 3551
     */
    static FarAudio read(
            String whose, SessionDescription whole, MediaDescription audio, InetAddress ours, List<Numbered> known)
            throws NoAgreement {
        MediaProfile profile = MediaProfile.of(audio.protocol())
                .orElseThrow(() -> new NoAgreement(
                        whose + " wants " + Shown.of(audio.protocol()) + ", expected RTP/AVP or RTP/SAVP"));
        InetAddress address = address(whose, audio.connection().or(whole::connection), ours);
        List<Numbered> formats = formats(audio, known);
        return new FarAudio(
                profile,
                formats,
                events(audio, formats),
                audio.ptimeMillis(),
                audio.maxPtimeMillis(),
                new InetSocketAddress(address, audio.port()),
                rtcp(audio, address),
                audio.direction().or(whole::direction).orElse(Direction.SENDRECV),
                address.isAnyLocalAddress(),
                audio.crypto());
    }

    private static InetAddress address(String whose, Optional<Connection> connection, InetAddress ours)
            throws NoAgreement {
        if (connection.isEmpty()) throw new NoAgreement(whose + " has no c= line");
        InetAddress address = connection
                .get()
                .address()
                .orElseThrow(() -> new NoAgreement(whose + "'s c= line says "
                        + Shown.of(connection.get().text()) + ", expected a numeric address: names are not looked up"));
        if (address.isMulticastAddress()) throw new NoAgreement(whose + " wants audio sent to a multicast group");
        // Nothing is sent to c=0.0.0.0, whatever its family.
        if (!address.isAnyLocalAddress() && !isSameFamily(address, ours))
            throw new NoAgreement(whose + "'s address is " + family(address) + ", ours is " + family(ours));
        return address;
    }

    private static List<Numbered> formats(MediaDescription audio, List<Numbered> known) {
        List<Numbered> formats = new ArrayList<>();
        for (int number : audio.formats()) {
            String map = audio.rtpMaps().get(number);
            Optional<Format> format = map != null
                    ? Format.mapped(map)
                    : Format.ofStatic(number)
                            .or(() -> known.stream()
                                    .filter(one -> one.number() == number)
                                    .map(Numbered::format)
                                    .findFirst());
            format.ifPresent(one -> formats.add(new Numbered(number, one)));
        }
        return List.copyOf(formats);
    }

    private static EventRanges events(MediaDescription audio, List<Numbered> formats) {
        return formats.stream()
                .filter(one -> one.format().eventClockRate() > 0)
                .findFirst()
                .flatMap(one -> Optional.ofNullable(audio.formatParameters().get(one.number())))
                .map(EventRanges::parse)
                .orElse(EventRanges.DTMF);
    }

    private static InetSocketAddress rtcp(MediaDescription audio, InetAddress address) {
        // Port 65535 has no port after it; there RTCP can only be lost.
        var usual = new InetSocketAddress(address, Math.min(65535, audio.port() + 1));
        // An a=rtcp that no socket of ours can follow is passed over: RTCP is no reason to refuse a call. So is one
        // that names
        // RTP's own port, as ends do that would share it: rtcp-mux is never agreed to, and RTP's port gets no RTCP
        // without.
        return audio.rtcp()
                .filter(rtcp -> rtcp.address()
                        .map(other -> isSameFamily(other, address) && !other.isMulticastAddress())
                        .orElse(true))
                .map(rtcp -> new InetSocketAddress(rtcp.address().orElse(address), rtcp.port()))
                .filter(rtcp -> !rtcp.equals(new InetSocketAddress(address, audio.port())))
                .orElse(usual);
    }

    /** The first format of this kind. */
    Optional<Numbered> first(Format format) {
        return all(format).findFirst();
    }

    /** The telephone-events to go with a codec: those of its clock (RFC 4733 section 2.1), else any, for some know one clock only. */
    Optional<Numbered> eventsFor(AudioCodec codec) {
        return first(Format.eventsOf(codec.clockRate()))
                .or(() -> formats.stream()
                        .filter(one -> one.format().eventClockRate() > 0)
                        .findFirst());
    }

    /** Every number that it gives the format. */
    Stream<Numbered> all(Format format) {
        return formats.stream().filter(one -> one.format() == format);
    }

    /**
     * The packet length to send: the one that it asks for where that can be sent, else ours; at most what it takes. Any whole
     * number of milliseconds will do (RFC 8866 section 6.4). A longest packet below 10 ms is nothing anybody means.
     */
    int packetMillis(int ours) {
        int wanted = ptimeMillis.orElse(ours);
        if (wanted < MIN_PTIME_MILLIS || wanted > MAX_PTIME_MILLIS) wanted = ours;
        int most = maxPtimeMillis.orElse(MAX_PTIME_MILLIS);
        return most < MIN_PTIME_MILLIS ? wanted : Math.min(wanted, most);
    }

    private static boolean isSameFamily(InetAddress one, InetAddress other) {
        return one instanceof Inet6Address == other instanceof Inet6Address;
    }

    private static String family(InetAddress address) {
        return address instanceof Inet6Address ? "IPv6" : "IPv4";
    }
}
