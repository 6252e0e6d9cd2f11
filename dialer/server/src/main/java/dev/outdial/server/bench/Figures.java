package dev.outdial.server.bench;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What one run came to, from the reports of the load and of the callees.
 *
 * @param calls how many were asked for
 * @param answered how many were answered and ended properly
 * @param cpuPercentPer100Calls of one core, the load's process while all calls were up
 * @param p50Millis half of the times between packets at the callees were at most this far from 20 ms, while all calls were up
 * @param p99Millis 99 of 100 were
 * @param p999Millis 999 of 1000 were
 * @param longestIntervalMillis the longest time between two packets of a call in that time
 * @param longestReadMillis the longest that the callees' reading thread was busy: of that much the times above may be its own
 * @param sent packets that the load sent
 * @param lostOut of these, those that the callees did not get
 * @param received packets that the load got
 * @param lostIn packets of the callees that did not arrive, by their sequence numbers
 * @param skipped packets that the callees did not send in time, and so not at all
 * @param keysPressed keys that callees pressed
 * @param keysHeard keys that the load heard
 * @param rssMegabytes resident memory of the load at the end; NaN where the system does not say
 * @param javaThreads of the load beyond the virtual machine's own
 * @param steadySeconds how long all calls were up, as the callees saw it
 * @param calleesCpuSeconds CPU time of the callees' process, its start and its SIP included; NaN where the system does not say
 */
public record Figures(
        int calls,
        int answered,
        double cpuPercentPer100Calls,
        double p50Millis,
        double p99Millis,
        double p999Millis,
        double longestIntervalMillis,
        double longestReadMillis,
        long sent,
        long lostOut,
        long received,
        long lostIn,
        long skipped,
        long keysPressed,
        long keysHeard,
        double rssMegabytes,
        int javaThreads,
        double steadySeconds,
        double calleesCpuSeconds) {

    static Figures of(JsonNode load, JsonNode callees, double calleesCpuSeconds) {
        JsonNode steady = load.path("steady");
        JsonNode rtp = load.path("rtp");
        JsonNode pacing = callees.path("steady");
        long sent = rtp.path("sent").asLong();
        return new Figures(
                load.path("asked").asInt(),
                load.path("answered").asInt(),
                steady.path("cpuPercentPer100Calls").asDouble(),
                pacing.path("p50Millis").asDouble(),
                pacing.path("p99Millis").asDouble(),
                pacing.path("p999Millis").asDouble(),
                pacing.path("longestIntervalMillis").asDouble(),
                callees.path("longestReadMillis").asDouble(),
                sent,
                Math.max(0, sent - callees.path("packets").asLong()),
                rtp.path("received").asLong(),
                rtp.path("lost").asLong(),
                callees.path("skipped").asLong(),
                callees.path("keysPressed").asLong(),
                load.path("keysHeard").asLong(),
                steady.path("rssMegabytes").asDouble(Double.NaN),
                steady.path("javaThreads").asInt(),
                callees.path("steadySeconds").asDouble(),
                calleesCpuSeconds);
    }

    /** Of the keys that were pressed, how many were heard, in percent; 100 where none was pressed. */
    double keysHeardPercent() {
        return keysPressed == 0 ? 100 : 100.0 * keysHeard / keysPressed;
    }
}
