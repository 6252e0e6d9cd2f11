package dev.outdial.server.cli;

import picocli.CommandLine.Command;

/** {@code outdial keys}: who may use the server. */
@Command(
        name = "keys",
        description = {
            "Makes, lists and deletes access keys, and credentials of the APIs that are answered as other systems do.",
            "Works on the store of the configuration; the embedded one must not be open in a server meanwhile."
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {KeysCreateCommand.class, KeysListCommand.class, KeysDeleteCommand.class})
final class KeysCommand {}
