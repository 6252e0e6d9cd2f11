package dev.outdial.server.cli;

import picocli.CommandLine.Command;

/** {@code outdial keys}: who may use the server. */
@Command(
        name = "keys",
        description = {
            "Makes, lists and deletes access keys, and credentials of the APIs that are answered as other systems do.",
            "Asks the server that OUTDIAL_URL or --url names; without them it works on the store of the configuration, which must not be",
            "open in a server meanwhile if it is an embedded one."
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {KeysCreateCommand.class, KeysListCommand.class, KeysDeleteCommand.class})
final class KeysCommand {}
