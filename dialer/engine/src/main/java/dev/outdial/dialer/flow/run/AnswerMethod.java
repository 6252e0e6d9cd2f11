package dev.outdial.dialer.flow.run;

/** What becomes of a group when one of its members answers. */
public enum AnswerMethod {
    /** Nothing: whoever answers has a copy of the flow, with variables of its own, and the others are rung on. */
    NONE,
    /** Who answers first has the flow, and the others are given up. */
    HANGUP_OTHERS
}
