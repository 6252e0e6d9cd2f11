package dev.outdial.server.interop;

import java.util.function.Function;

/** Something that passed from one port to another, so many seconds after the capture's beginning. */
record Captured<T>(double atSeconds, int sourcePort, int destinationPort, T content) {
    <R> Captured<R> map(Function<T, R> read) {
        return new Captured<>(atSeconds, sourcePort, destinationPort, read.apply(content));
    }

    @Override
    public String toString() {
        return "%.3f %d->%d %s".formatted(atSeconds, sourcePort, destinationPort, content);
    }
}
