package dev.outdial.dialer.flow;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** A flow cannot be read; says of everything that is wrong where it is. */
public final class FlowException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<FlowFinding> findings;

    /** @param findings what is wrong, at least one error */
    public FlowException(List<FlowFinding> findings) {
        super(findings.stream().map(FlowFinding::toString).collect(Collectors.joining("\n")));
        this.findings = List.copyOf(findings);
    }

    /** What is wrong, in the order of the JSON. */
    public List<FlowFinding> findings() {
        return findings;
    }
}
