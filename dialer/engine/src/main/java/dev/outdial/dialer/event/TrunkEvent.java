package dev.outdial.dialer.event;

import java.util.OptionalInt;

/** What happened to a trunk that registers; told when it changes, not at each refresh. */
public sealed interface TrunkEvent {
    /** The name of the trunk. */
    String trunk();

    /** We are registered: calls can go out over it, and come in. */
    record Registered(String trunk) implements TrunkEvent {}

    /**
     * The registration, or its refresh, failed. Calls over it go on for as long as the registrar said that it
     * holds us registered, and fail after that. It is tried again.
     *
     * @param sipCode the registrar's answer, where there was one
     * @param why one sentence
     */
    record Failed(String trunk, OptionalInt sipCode, String why) implements TrunkEvent {}
}
