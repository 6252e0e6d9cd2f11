package dev.outdial.server.cli;

import picocli.CommandLine.Command;

/** {@code outdial flow}: what is done with a flow where nobody is called. */
@Command(
        name = "flow",
        description = "Looks at a flow (a call written down as JSON) without calling anybody.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {FlowCheckCommand.class, FlowSimulateCommand.class, FlowDrawCommand.class})
final class FlowCommand {}
