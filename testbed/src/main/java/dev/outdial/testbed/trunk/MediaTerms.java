package dev.outdial.testbed.trunk;

import dev.outdial.testbed.rtp.G711;
import dev.outdial.testbed.sdp.AudioDescription;
import dev.outdial.testbed.sdp.AudioFormat;
import dev.outdial.testbed.sdp.Direction;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What both ends agreed on.
 *
 * @param law the codec
 * @param eventPayloadType of telephone-events; empty when the caller has none
 * @param remote where to send; empty when the caller does not want to hear or has not said
 * @param direction ours
 */
record MediaTerms(G711 law, OptionalInt eventPayloadType, Optional<InetSocketAddress> remote, Direction direction) {
    private static final int OWN_EVENT_PAYLOAD_TYPE = 101;

    /** What is offered to a caller who offered nothing. */
    static MediaTerms offered(List<G711> laws) {
        return new MediaTerms(
                laws.getFirst(), OptionalInt.of(OWN_EVENT_PAYLOAD_TYPE), Optional.empty(), Direction.SENDRECV);
    }

    /** The answer to a description: the first of its codecs that the callee has; empty when there is none or no address. */
    static Optional<MediaTerms> answering(AudioDescription theirs, List<G711> laws) {
        var law = theirs.formats().stream()
                .flatMap(f -> laws.stream().filter(l -> f.is(l.encodingName()) && f.payloadType() == l.payloadType()))
                .findFirst();
        var address = address(theirs.host());
        if (law.isEmpty() || address.isEmpty() || theirs.port() == 0) return Optional.empty();
        var events = theirs.format("telephone-event");
        boolean listens = theirs.direction() == Direction.SENDRECV || theirs.direction() == Direction.RECVONLY;
        // The old way of holding is an address of zeros (RFC 3264 8.4).
        boolean reachable = listens && !address.get().isAnyLocalAddress();
        return Optional.of(new MediaTerms(
                law.get(),
                events.isPresent() ? OptionalInt.of(events.get().payloadType()) : OptionalInt.empty(),
                reachable ? Optional.of(new InetSocketAddress(address.get(), theirs.port())) : Optional.empty(),
                theirs.direction().answered()));
    }

    /** Literal addresses only: a carrier on loopback looks nothing up. */
    private static Optional<InetAddress> address(String host) {
        if (!host.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) return Optional.empty();
        try {
            return Optional.of(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** The same without telephone-events: keys are tones in the sound. */
    MediaTerms withoutEvents() {
        return new MediaTerms(law, OptionalInt.empty(), remote, direction);
    }

    /** The same from a callee that never speaks, and says so: a caller may well hang up on silence that it was not told of. */
    MediaTerms listening() {
        return new MediaTerms(law, eventPayloadType, remote, direction.listening());
    }

    /** Our description with these terms. */
    AudioDescription description(String host, int port) {
        var formats = new ArrayList<AudioFormat>();
        formats.add(law == G711.MU_LAW ? AudioFormat.PCMU : AudioFormat.PCMA);
        eventPayloadType.ifPresent(pt -> formats.add(AudioFormat.telephoneEvent(pt)));
        return new AudioDescription(host, port, formats, direction, 20);
    }
}
