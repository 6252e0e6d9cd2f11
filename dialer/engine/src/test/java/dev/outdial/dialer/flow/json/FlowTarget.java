package dev.outdial.dialer.flow.json;

import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.FlowException;
import dev.outdial.dialer.flow.FlowFinding;
import dev.outdial.dialer.flow.FlowStep;
import dev.outdial.dialer.flow.lint.FlowLinter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Anything as a flow: it is read, or refused with at least one error; every finding is a short line, and the linter holds to the same. */
public final class FlowTarget {
    private FlowTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String json = new String(input, StandardCharsets.UTF_8);
        try {
            Flow flow = FlowReader.read(json);
            require(flow.steps().size() <= Flow.MOST_STEPS, "bounded steps");
            require(
                    flow.steps().stream().map(FlowStep::id).distinct().count()
                            == flow.steps().size(),
                    "unique ids");
        } catch (FlowException e) {
            require(!e.findings().isEmpty(), "a reason");
            require(
                    e.findings().stream().allMatch(finding -> finding.severity() == FlowFinding.Severity.ERROR),
                    "errors");
        }
        for (FlowFinding finding : FlowLinter.check(json)) {
            String line = finding.toString();
            require(line.lines().count() == 1, "one line: " + line);
            require(finding.sentence().length() < 1000, "a short sentence: " + line);
            require(finding.path().length() < 8000, "a path that is no longer than its keys: " + line);
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) throw new AssertionError(what);
    }

    static List<byte[]> seeds() {
        Stream<String> ours = Stream.of("""
                [{"id":"a","type":"gather","option":{"max_digits":4,"terminating":"#","prompt":{"text":"${x}","volume":-3}}},
                 {"type":"branch","option":{"target_ids":{"1":"a","12":"b"},"default_target_id":"b"}},
                 {"id":"b","type":"goto","option":{"target_id":"a","loop_count":"2"},"next_id":"a"}]
                """, """
                {"name":"n","actions":[{"type":"call","option":{"destinations":[{"type":"sip","target":"a@b"}],
                  "actions":[{"id":"c","type":"empty","next_id":"c"}]}},
                 {"type":"condition_datetime","option":{"condition":">=","weekdays":[0,6],"false_target_id":"d"}},
                 {"type":"amd","option":{"greeting":1500,"machine_handle":"hangup"}},
                 {"type":"condition_variable","option":{"condition":"<","variable":"v","value_number":1.5,"false_target_id":"d"}}]}
                """, """
                [{"type":"talk","option":{"text":"a","text":"b"}}]
                """);
        Stream<String> theirs =
                Stream.of("branch", "talk-connect", "talk-digits-send").map(FlowTarget::voipbin);
        return Stream.concat(ours, theirs)
                .map(json -> json.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static String voipbin(String name) {
        try {
            return Examples.voipbin(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
