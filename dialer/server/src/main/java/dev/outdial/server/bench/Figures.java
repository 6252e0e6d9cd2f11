package dev.outdial.server.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * What one run came to, from the reports of the load and of the callees. What they do not say, or could not measure, is NaN: no
 * target can be met by it.
 *
 * @param calls how many were asked for
 * @param answered how many were answered and ended properly
 * @param cpuPercentPer100Calls of one core, the load's process while all calls were up
 * @param p50Millis half of the times between packets at the callees were at most this far from 20 ms, while all calls were up
 * @param p99Millis 99 of 100 were
 * @param p999Millis 999 of 1000 were
 * @param longestIntervalMillis the longest time between two packets of a call in that time
 * @param unsurePercent of the times between packets, those that were not judged: the reading thread had not been let run for over a
 *     millisecond, and cannot know when their packets came. Where it is over 5, the times above are NaN
 * @param longestReadMillis the longest that the callees' reading thread was busy: of that much the times above may be its own
 * @param sent packets that the load sent
 * @param lostOut of these, those that the callees did not get
 * @param lateTicks packet times that the load missed in the steady time: no packet was sent in them, nor later for them
 * @param received packets that the load got
 * @param lostIn packets of the callees that did not arrive, by their sequence numbers
 * @param skipped packets that the callees did not send in time, and so not at all
 * @param keysPressed keys that callees pressed
 * @param keysHeard keys that the load heard
 * @param rssMegabytes resident memory of the load at the end
 * @param javaThreads of the load beyond the virtual machine's own
 * @param steadySeconds how long all calls were up, as the callees saw it
 * @param calleesCpuSeconds CPU time of the callees' process, its start and its SIP included
 */
public record Figures(
        double calls,
        double answered,
        double cpuPercentPer100Calls,
        double p50Millis,
        double p99Millis,
        double p999Millis,
        double longestIntervalMillis,
        double unsurePercent,
        double longestReadMillis,
        double sent,
        double lostOut,
        double lateTicks,
        double received,
        double lostIn,
        double skipped,
        double keysPressed,
        double keysHeard,
        double rssMegabytes,
        double javaThreads,
        double steadySeconds,
        double calleesCpuSeconds) {

    private static final double MOST_UNSURE_PERCENT = 5;

    static Figures of(JsonNode load, JsonNode callees, double calleesCpuSeconds) {
        JsonNode steady = load.path("steady");
        JsonNode rtp = load.path("rtp");
        JsonNode counted = callees.path("steady");
        // Quantiles of nothing are zeros, which would be the best that there is.
        double judged = counted.path("intervals").asDouble();
        double unsure = counted.path("unsureIntervals").asDouble();
        double unsurePercent = 100 * unsure / (judged + unsure);
        JsonNode pacing = unsurePercent <= MOST_UNSURE_PERCENT && judged > 0 ? counted : MissingNode.getInstance();
        double sent = number(rtp, "sent");
        return new Figures(
                number(load, "asked"),
                number(load, "answered"),
                number(steady, "cpuPercentPer100Calls"),
                number(pacing, "p50Millis"),
                number(pacing, "p99Millis"),
                number(pacing, "p999Millis"),
                number(pacing, "longestIntervalMillis"),
                unsurePercent,
                number(callees, "longestReadMillis"),
                sent,
                Math.max(0, sent - number(callees, "packets")),
                number(steady, "lateTicks"),
                number(rtp, "received"),
                number(rtp, "lost"),
                number(callees, "skipped"),
                number(callees, "keysPressed"),
                number(load, "keysHeard"),
                number(steady, "rssMegabytes"),
                number(steady, "javaThreads"),
                number(callees, "steadySeconds"),
                calleesCpuSeconds);
    }

    private static double number(JsonNode report, String field) {
        JsonNode value = report.path(field);
        return value.isNumber() ? value.asDouble() : Double.NaN;
    }

    /** Of the keys that were pressed, how many were heard, in percent; NaN where none was pressed. */
    double keysHeardPercent() {
        return keysPressed == 0 ? Double.NaN : 100 * keysHeard / keysPressed;
    }
}
