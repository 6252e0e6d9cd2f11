package dev.outdial.testbed.dns;

import java.time.Duration;

/** How the server answers questions for a name. */
public sealed interface Manner {
    /** With what it knows. */
    record Normal() implements Manner {}

    /** With SERVFAIL. */
    record ServerFailure() implements Manner {}

    /** With REFUSED. */
    record Refusal() implements Manner {}

    /** Not at all. */
    record Silence() implements Manner {}

    /**
     * With what it knows, later.
     *
     * @param by how much later
     */
    record Delay(Duration by) implements Manner {}

    /** Over UDP it says that the answer did not fit; over TCP it gives it. */
    record Truncation() implements Manner {}

    /** With the right id, and bytes that make no sense. */
    record Garbage() implements Manner {}

    /** With a message that has another id, as somebody would send who guesses, and then with what it knows. */
    record WrongIdFirst() implements Manner {}
}
