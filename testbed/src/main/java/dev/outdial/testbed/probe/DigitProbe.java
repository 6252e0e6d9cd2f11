package dev.outdial.testbed.probe;

import dev.outdial.testbed.rtp.RtpPacket;
import dev.outdial.testbed.rtp.TelephoneEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Hears keys in telephone-event packets: each once by source and timestamp, whatever was lost or doubled. <b>Threading:</b> one owner. */
public final class DigitProbe {

    /**
     * A key that was pressed.
     *
     * @param digit which
     * @param durationMillis for how long, as far as its packets told
     * @param ended whether a packet with the end bit came
     * @param atNanos when the first packet came
     */
    public record HeardDigit(char digit, long durationMillis, boolean ended, long atNanos) {}

    private record Key(long ssrc, long timestamp, int event) {}

    private int payloadType;
    private final List<HeardDigit> digits = new ArrayList<>();
    private final Map<Key, Integer> places = new HashMap<>();

    /** A probe for telephone-events of that payload type. */
    public DigitProbe(int payloadType) {
        this.payloadType = payloadType;
    }

    /** From now on, telephone-events have that payload type; what was heard is kept. */
    public void use(int otherPayloadType) {
        payloadType = otherPayloadType;
    }

    /** Takes any packet of the stream; returns whether it began a new key. */
    public boolean hear(RtpPacket packet, long nowNanos) {
        if (packet.payloadType() != payloadType) return false;
        var event = TelephoneEvent.parse(packet.payload());
        if (event.isEmpty() || event.get().digit().isEmpty()) return false;
        var key = new Key(packet.ssrc(), packet.timestamp(), event.get().event());
        long durationMillis = event.get().duration() / 8;
        var place = places.get(key);
        if (place == null) {
            places.put(key, digits.size());
            digits.add(new HeardDigit(
                    event.get().digit().get(), durationMillis, event.get().end(), nowNanos));
            return true;
        }
        var known = digits.get(place);
        digits.set(
                place,
                new HeardDigit(
                        known.digit(),
                        Math.max(known.durationMillis(), durationMillis),
                        known.ended() || event.get().end(),
                        known.atNanos()));
        return false;
    }

    /** The keys in order, as text. */
    public String digits() {
        return digits.stream().map(d -> String.valueOf(d.digit())).collect(Collectors.joining());
    }

    /** The keys in order. */
    public List<HeardDigit> heard() {
        return List.copyOf(digits);
    }
}
