package dev.outdial.dialer.group;

import dev.outdial.dialer.event.CallEvent;

/** What a listener hears of a group, in order; {@link Over} comes once and last. Members are counted from 0. */
public sealed interface GroupEvent {
    /** Something happened in the call of a member. */
    record OfMember(int member, CallEvent event) implements GroupEvent {}

    /** A member picked up first. */
    record Won(int member, String callId) implements GroupEvent {}

    /** Nobody picked up; all calls have ended. */
    record Nobody(NobodyBecause why) implements GroupEvent {}

    /** All calls of the group have ended. */
    record Over() implements GroupEvent {}
}
