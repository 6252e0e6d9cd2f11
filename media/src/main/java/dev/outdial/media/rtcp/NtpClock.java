package dev.outdial.media.rtcp;

/**
 * Turns the monotonic clock into NTP timestamps (RFC 3550 section 4). Wall time is read once, so that a clock that is set
 * does not look like a jump of the stream.
 *
 * @param epochMillis wall time, milliseconds since 1970
 * @param atNanos the monotonic clock at that moment
 */
public record NtpClock(long epochMillis, long atNanos) {
    private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;

    /** Seconds since 1900 in the upper 32 bits, their fraction in the lower. */
    public long at(long nowNanos) {
        long nanos = nowNanos - atNanos + Math.floorMod(epochMillis, 1000L) * 1_000_000;
        long seconds = Math.floorDiv(epochMillis, 1000L) + SECONDS_1900_TO_1970 + Math.floorDiv(nanos, 1_000_000_000L);
        long fraction = (Math.floorMod(nanos, 1_000_000_000L) << 32) / 1_000_000_000L;
        return seconds << 32 | fraction;
    }

    /** The middle 32 bits of a timestamp: what reports send back, in units of 1/65536 s. */
    static int middle(long ntp) {
        return (int) (ntp >>> 16);
    }
}
