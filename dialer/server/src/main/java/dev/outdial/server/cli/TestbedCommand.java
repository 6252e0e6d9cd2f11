package dev.outdial.server.cli;

import picocli.CommandLine.Command;

@Command(name = "TestbedCommand")
final class TestbedCommand implements java.util.concurrent.Callable<Integer> {
    @Override
    public Integer call() {
        return 0;
    }
}
