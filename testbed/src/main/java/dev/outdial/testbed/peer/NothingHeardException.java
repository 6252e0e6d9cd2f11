package dev.outdial.testbed.peer;

import java.util.List;
import java.util.stream.Collectors;

/** What a script waited for did not come in time; the message lists what came instead. */
public final class NothingHeardException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NothingHeardException(String wanted, long withinMillis, List<Heard> heard) {
        super("no " + wanted + " within " + withinMillis + " ms; heard so far: "
                + heard.stream().map(h -> h.message().startLine().text()).collect(Collectors.joining(" | ", "[", "]")));
    }
}
