package dev.outdial.media;

import java.util.OptionalLong;

/**
 * How a {@link MediaEngine} is set up.
 *
 * @param firstPort the first UDP port that may be used, 1 to 65534; RTP takes even ports, RTCP the odd ones after them
 * @param lastPort the last UDP port that may be used, inclusive
 * @param seed for the random start values of RTP (RFC 3550 section 5.1); empty, as it should be outside of tests, takes
 *     them from a secure source
 */
public record MediaConfig(int firstPort, int lastPort, OptionalLong seed) {
    public MediaConfig {
        int firstEven = firstPort + (firstPort & 1);
        if (firstPort < 1 || lastPort > 65535 || firstEven + 1 > lastPort)
            throw new IllegalArgumentException("RTP ports " + firstPort + "-" + lastPort
                    + ": expected a range between 1 and 65535 with an even port and the odd one after it");
    }
}
