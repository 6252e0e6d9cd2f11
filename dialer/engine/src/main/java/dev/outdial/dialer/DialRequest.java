package dev.outdial.dialer;

import dev.outdial.dialer.detect.MachineDetection;
import dev.outdial.dialer.trunk.CallerOptions;
import dev.outdial.dialer.trunk.WireOptions;
import dev.outdial.media.tone.ProgressTones;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Whom to call and how.
 *
 * @param trunk the name of a trunk, or empty to call a SIP URI directly
 * @param target a number ({@code +15551234567}, {@code 1000}; spaces, dots, hyphens and brackets are skipped), a user name on
 *     the trunk, or a SIP URI
 * @param ringFor how long to wait for the answer
 * @param maxDuration how long the call may last after the answer
 * @param callerId whom to call from; the trunk's where empty
 * @param displayName the name shown beside it; the trunk's where empty
 * @param requestId what the call is accounted for under; the attempts of one request share it
 * @param attempt counts the attempts of a request, from 1
 * @param wire how the sound goes; the trunk's way where empty
 * @param furtherTrunks the names of trunks to try after that one, in order, where it could not even make a phone ring and nobody said no;
 *     each is a further attempt, for which the ledger is asked again
 * @param mostRedirects how many redirections (3xx) are followed, each a further attempt; 0 to 3
 * @param caller what is said of the caller besides number and name
 * @param tones the country whose call-progress tones are listened for, early media included; empty where nobody listens for tones
 * @param detection how to find out whether a person or a machine answers; not done where empty
 * @param variables what {@link Call#variables} begins with: the user's own, of which nothing goes over the wire
 */
public record DialRequest(
        Optional<String> trunk,
        String target,
        Duration ringFor,
        Duration maxDuration,
        Optional<String> callerId,
        Optional<String> displayName,
        String requestId,
        int attempt,
        Optional<WireOptions> wire,
        List<String> furtherTrunks,
        int mostRedirects,
        CallerOptions caller,
        Optional<String> tones,
        Optional<MachineDetection> detection,
        Map<String, String> variables) {

    private static final int MOST_REDIRECTS = 3;
    private static final Duration RING_FOR = Duration.ofSeconds(60);
    private static final Duration MAX_DURATION = Duration.ofHours(1);

    public DialRequest {
        Objects.requireNonNull(trunk, "trunk");
        Objects.requireNonNull(callerId, "callerId");
        Objects.requireNonNull(displayName, "displayName");
        Objects.requireNonNull(requestId, "requestId");
        Objects.requireNonNull(wire, "wire");
        Objects.requireNonNull(caller, "caller");
        tones.ifPresent(ProgressTones::of);
        Objects.requireNonNull(detection, "detection");
        furtherTrunks = List.copyOf(furtherTrunks);
        variables = Map.copyOf(variables);
        if (trunk.isEmpty() && !furtherTrunks.isEmpty()) {
            throw new IllegalArgumentException("further trunks " + furtherTrunks + " after no trunk");
        }
        if (mostRedirects < 0 || mostRedirects > MOST_REDIRECTS) {
            throw new IllegalArgumentException(mostRedirects + " redirections to follow: 0 to 3 are expected");
        }
        if (target.isBlank()) {
            throw new IllegalArgumentException("the target is blank: a number or a SIP URI is expected");
        }
    }

    /** A call over a trunk: rings for 60 s at most and lasts an hour at most. */
    public static DialRequest over(String trunk, String target) {
        return of(Optional.of(trunk), target);
    }

    /** A call straight to a SIP URI, without a trunk. */
    public static DialRequest direct(String sipUri) {
        return of(Optional.empty(), sipUri);
    }

    private static DialRequest of(Optional<String> trunk, String target) {
        return new DialRequest(
                trunk,
                target,
                RING_FOR,
                MAX_DURATION,
                Optional.empty(),
                Optional.empty(),
                UUID.randomUUID().toString(),
                1,
                Optional.empty(),
                List.of(),
                0,
                CallerOptions.NONE,
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    /** The same call with another ring time. */
    public DialRequest ringingFor(Duration time) {
        return new DialRequest(
                trunk,
                target,
                time,
                maxDuration,
                callerId,
                displayName,
                requestId,
                attempt,
                wire,
                furtherTrunks,
                mostRedirects,
                caller,
                tones,
                detection,
                variables);
    }

    /** The same call with another longest duration. */
    public DialRequest lastingAtMost(Duration time) {
        return new DialRequest(
                trunk,
                target,
                ringFor,
                time,
                callerId,
                displayName,
                requestId,
                attempt,
                wire,
                furtherTrunks,
                mostRedirects,
                caller,
                tones,
                detection,
                variables);
    }

    /** The same call from another number or name. */
    public DialRequest from(String number) {
        return new DialRequest(
                trunk,
                target,
                ringFor,
                maxDuration,
                Optional.of(number),
                displayName,
                requestId,
                attempt,
                wire,
                furtherTrunks,
                mostRedirects,
                caller,
                tones,
                detection,
                variables);
    }

    /** The same call showing another name. */
    public DialRequest showing(String name) {
        return new DialRequest(
                trunk,
                target,
                ringFor,
                maxDuration,
                callerId,
                Optional.of(name),
                requestId,
                attempt,
                wire,
                furtherTrunks,
                mostRedirects,
                caller,
                tones,
                detection,
                variables);
    }

    /** The same call as an attempt of a request: two calls for the same attempt are one too many, and the second is refused. */
    public DialRequest asAttempt(String request, int number) {
        return new DialRequest(
                trunk,
                target,
                ringFor,
                maxDuration,
                callerId,
                displayName,
                request,
                number,
                wire,
                furtherTrunks,
                mostRedirects,
                caller,
                tones,
                detection,
                variables);
    }

    /** The same call with another way for the sound than its trunk's. */
    public DialRequest withWire(WireOptions options) {
        return new DialRequest(
                trunk,
                target,
                ringFor,
                maxDuration,
                callerId,
                displayName,
                requestId,
                attempt,
                Optional.of(options),
                furtherTrunks,
                mostRedirects,
                caller,
                tones,
                detection,
                variables);
    }

    /** The same call with trunks to try after the first, in order. */
    public DialRequest orOver(String... trunks) {
        return new DialRequest(
                trunk,
                target,
                ringFor,
                maxDuration,
                callerId,
                displayName,
                requestId,
                attempt,
                wire,
                List.of(trunks),
                mostRedirects,
                caller,
                tones,
                detection,
                variables);
    }

    /** The same call, following so many redirections at most. */
    public DialRequest followingRedirects(int most) {
        return new DialRequest(
                trunk,
                target,
                ringFor,
                maxDuration,
                callerId,
                displayName,
                requestId,
                attempt,
                wire,
                furtherTrunks,
                most,
                caller,
                tones,
                detection,
                variables);
    }

    /** The same call, saying more of its caller. */
    public DialRequest by(CallerOptions options) {
        return new DialRequest(
                trunk,
                target,
                ringFor,
                maxDuration,
                callerId,
                displayName,
                requestId,
                attempt,
                wire,
                furtherTrunks,
                mostRedirects,
                options,
                tones,
                detection,
                variables);
    }

    /**
     * The same call, listening for the tones of the network and of machines from the first sound on, early media included: each is a
     * {@link dev.outdial.dialer.event.CallEvent.ToneHeard}.
     *
     * @param country ISO 3166 code of the country that is called, such as {@code US} or {@code DE}; {@code ETSI} where it is not
     *     known to us, {@code NONE} for machines' tones alone
     * @throws IllegalArgumentException where its tones are not known, naming those that are
     */
    public DialRequest listeningForTones(String country) {
        return new DialRequest(
                trunk,
                target,
                ringFor,
                maxDuration,
                callerId,
                displayName,
                requestId,
                attempt,
                wire,
                furtherTrunks,
                mostRedirects,
                caller,
                Optional.of(country),
                detection,
                variables);
    }

    /**
     * The same call, finding out whether a person or a machine answers, from the answer on or before it: {@link Call#detectMachine}
     * waits for that.
     */
    public DialRequest detectingMachines(MachineDetection options) {
        return new DialRequest(
                trunk,
                target,
                ringFor,
                maxDuration,
                callerId,
                displayName,
                requestId,
                attempt,
                wire,
                furtherTrunks,
                mostRedirects,
                caller,
                tones,
                Optional.of(options),
                variables);
    }

    /** The same call with a variable more, or with another value of it; {@link Call#variables} has it while and after it runs. */
    public DialRequest with(String key, String value) {
        var more = new HashMap<>(variables);
        more.put(key, value);
        return new DialRequest(
                trunk,
                target,
                ringFor,
                maxDuration,
                callerId,
                displayName,
                requestId,
                attempt,
                wire,
                furtherTrunks,
                mostRedirects,
                caller,
                tones,
                detection,
                more);
    }

    /** The same call over another trunk, or straight to a SIP URI, as its next attempt. */
    DialRequest next(Optional<String> overTrunk, String newTarget) {
        return new DialRequest(
                overTrunk,
                newTarget,
                ringFor,
                maxDuration,
                callerId,
                displayName,
                requestId,
                attempt + 1,
                wire,
                List.of(),
                0,
                caller,
                tones,
                detection,
                variables);
    }
}
