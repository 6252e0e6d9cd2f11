package dev.outdial.dialer.flow.lint;

/**
 * That one step may come after another.
 *
 * @param to its place
 */
record Edge(int to, Kind kind) {
    /** Why. */
    enum Kind {
        /** It is the next one. */
        NEXT,
        /** A condition holds, and it is the next one. */
        HOLDS,
        /** A condition does not hold. */
        HOLDS_NOT,
        /** A variable has a value that is looked for. */
        VALUE,
        /** It has none of these. */
        OTHER,
        /** A goto that is not used up. */
        JUMP,
        /** A key was pressed. */
        KEY
    }
}
