package dev.outdial.server.cli;

import picocli.CommandLine.Command;

@Command(name = "DemoCommand")
final class DemoCommand implements java.util.concurrent.Callable<Integer> {
    @Override
    public Integer call() {
        return 0;
    }
}
