package dev.outdial.server.documents;

import dev.outdial.dialer.flow.FlowFinding;
import dev.outdial.dialer.flow.lint.FlowLinter;
import dev.outdial.server.calls.FlowCheck;
import dev.outdial.server.calls.ServiceException;
import java.util.List;

/** Checks flows as the engine reads them. What can be run but is hardly meant is no problem here. <b>Threading:</b> any. */
public final class LintedFlows implements FlowCheck {
    private static final String ACTIONS = "actions";

    @Override
    public List<ServiceException.Field> problems(String actions) {
        return FlowLinter.check(actions).stream()
                .filter(finding -> finding.severity() == FlowFinding.Severity.ERROR)
                .map(finding -> new ServiceException.Field(inArray(finding.path()), finding.sentence()))
                .toList();
    }

    private static String inArray(String path) {
        return path.startsWith(ACTIONS) ? path.substring(ACTIONS.length()) : path;
    }
}
