package dev.outdial.dialer.flow;

/**
 * What one step of a flow does. Texts among the options may hold variables, {@code ${name}}, which are filled in just before the step is
 * carried out; one that is not set is empty.
 */
public sealed interface FlowAction permits SoundAction, KeyAction, DecisionAction, CallAction, OutsideAction {}
