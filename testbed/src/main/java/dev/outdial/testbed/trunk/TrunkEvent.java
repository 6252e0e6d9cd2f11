package dev.outdial.testbed.trunk;

import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.rtp.G711;
import dev.outdial.testbed.uas.CallEnd;
import java.util.Optional;

/** What happens at the trunk, for those who watch. */
public sealed interface TrunkEvent {

    /**
     * A user said where they are.
     *
     * @param user who
     * @param contact the Contact URI
     * @param expiresSeconds for how long
     */
    record Registered(String user, String contact, long expiresSeconds) implements TrunkEvent {}

    /** A user took the last binding away. */
    record Unregistered(String user) implements TrunkEvent {}

    /**
     * A request has to come again with a password.
     *
     * @param method REGISTER or INVITE
     * @param again whether it had come with an answer already, to which this says no
     */
    record Challenged(String method, boolean again) implements TrunkEvent {}

    /**
     * A call arrived and was let in.
     *
     * @param callId its Call-ID
     * @param number who is called
     * @param from the caller's URI
     * @param persona who will answer; empty when nobody has that number
     */
    record Invited(String callId, String number, String from, Optional<Persona> persona) implements TrunkEvent {}

    /** The callee's telephone rings: 180 or 183 was sent. */
    record Ringing(String callId, int status) implements TrunkEvent {}

    /** The callee answered. */
    record Answered(String callId, G711 law) implements TrunkEvent {}

    /** The callee heard the caller speak and then be silent. */
    record MessageHeard(String callId) implements TrunkEvent {}

    /** The callee pressed a key and released it. */
    record DigitSent(String callId, char digit) implements TrunkEvent {}

    /** The caller pressed a key. */
    record DigitReceived(String callId, char digit) implements TrunkEvent {}

    /** The call is over, late packets counted. */
    record Ended(String callId, CallEnd end) implements TrunkEvent {}

    /** The testbed itself failed at something; the call concerned may be lost, the trunk goes on. */
    record Failed(String what) implements TrunkEvent {}
}
