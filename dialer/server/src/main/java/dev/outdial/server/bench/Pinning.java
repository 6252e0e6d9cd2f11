package dev.outdial.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which core each process of a run is held to.
 *
 * @param load the core of the load; empty where the system may choose
 * @param callees that of the callees, another one; empty as well then
 */
record Pinning(OptionalInt load, OptionalInt callees) {
    /** The command that holds a process to a core. */
    static final String COMMAND = "taskset";

    /** Processes run where the system lets them. */
    static final Pinning NONE = new Pinning(OptionalInt.empty(), OptionalInt.empty());

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String ALLOWED = "Cpus_allowed_list:";
    private static final Pattern RANGE = Pattern.compile("(\\d{1,6})(?:-(\\d{1,6}))?");

    /** Two of the cores that this process may use, which need not be the machine's first; none where that cannot be. */
    static Pinning here() {
        try {
            return hasCommand() ? of(Files.readAllLines(STATUS)) : NONE;
        } catch (IOException notLinux) {
            return NONE;
        }
    }

    /** The first two cores that the lines of a {@code /proc/.../status} allow. */
    static Pinning of(List<String> status) {
        List<Integer> allowed = status.stream()
                .filter(line -> line.startsWith(ALLOWED))
                .findFirst()
                .map(line -> firstTwo(line.substring(ALLOWED.length()).strip()))
                .orElse(List.of());
        return allowed.size() < 2
                ? NONE
                : new Pinning(OptionalInt.of(allowed.getFirst()), OptionalInt.of(allowed.getLast()));
    }

    /** Whether there are two cores to hold processes to. */
    boolean isOn() {
        return load.isPresent();
    }

    /** At most two numbers of a list such as {@code 0-3,8}. */
    private static List<Integer> firstTwo(String list) {
        List<Integer> cores = new ArrayList<>();
        for (String part : list.split(",")) {
            Matcher range = RANGE.matcher(part);
            if (!range.matches()) {
                return List.of();
            }
            int first = Integer.parseInt(range.group(1));
            int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
            for (int core = first; core <= last && cores.size() < 2; core++) {
                cores.add(core);
            }
        }
        return cores;
    }

    private static boolean hasCommand() {
        String path = System.getenv("PATH");
        return path != null
                && Arrays.stream(path.split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, COMMAND)));
    }
}
