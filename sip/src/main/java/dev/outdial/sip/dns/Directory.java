package dev.outdial.sip.dns;

import java.util.List;

/** Where {@link ServerLocator} looks names up. Waits, but not beyond the deadline. */
interface Directory {
    /** Whether a name is the business of this host alone, which knows addresses and no services: of the hosts file, or a single label. */
    boolean isLocal(String name);

    /** Answers in the order of the questions, which are asked all at once. */
    List<Answer> ask(List<Question> questions, long deadlineNanos);

    /** The addresses of names, IPv4 before IPv6, in the order of the names, which are asked for all at once. */
    List<Answer> addresses(List<String> names, long deadlineNanos);
}
