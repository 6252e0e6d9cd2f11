package dev.outdial.media.speech;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The programs that an engine runs now, which end with it. <b>Threading:</b> any. */
final class RunningPrograms implements AutoCloseable {
    private final Set<Process> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Process start(ProcessBuilder program) throws IOException {
        Process process = program.start();
        running.add(process);
        // Whoever closes may have looked before it was there.
        if (closed) end(process);
        return process;
    }

    void ended(Process process) {
        running.remove(process);
    }

    boolean isClosed() {
        return closed;
    }

    /** Ends them with all that they started; none starts after that. */
    @Override
    public void close() {
        closed = true;
        running.forEach(RunningPrograms::end);
    }

    private static void end(Process process) {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
    }
}
