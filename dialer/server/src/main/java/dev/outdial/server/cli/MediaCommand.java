package dev.outdial.server.cli;

import picocli.CommandLine.Command;

/** {@code outdial media}: what is done with sound where nobody is called. */
@Command(
        name = "media",
        description = "Looks at sound without calling anybody.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = MediaCheckCommand.class)
final class MediaCommand {}
