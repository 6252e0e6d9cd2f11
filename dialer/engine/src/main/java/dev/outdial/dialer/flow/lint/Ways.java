package dev.outdial.dialer.flow.lint;

import dev.outdial.dialer.flow.CallAction;
import dev.outdial.dialer.flow.DecisionAction;
import dev.outdial.dialer.flow.DecisionAction.Branch;
import dev.outdial.dialer.flow.DecisionAction.Goto;
import dev.outdial.dialer.flow.DecisionAction.Hangup;
import dev.outdial.dialer.flow.DecisionAction.Stop;
import dev.outdial.dialer.flow.FlowAction;
import dev.outdial.dialer.flow.KeyAction;
import dev.outdial.dialer.flow.KeyPressed;
import dev.outdial.dialer.flow.OutsideAction;
import dev.outdial.dialer.flow.SoundAction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/** Which step of a flow may come after which. Targets that do not exist lead nowhere. */
final class Ways {
    private final PlacedFlow flow;
    private final List<List<Edge>> edges = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    private boolean open;

    Ways(PlacedFlow flow) {
        this.flow = flow;
        for (int i = 0; i < flow.size(); i++) places.put(flow.step(i).id(), i);
        for (int i = 0; i < flow.size(); i++) edges.add(edgesFrom(i));
    }

    private List<Edge> edgesFrom(int index) {
        FlowAction action = flow.step(index).action();
        List<Edge> from = new ArrayList<>();
        for (Target target : Target.of(flow, index)) {
            boolean isNext = target.path().equals(flow.path(index) + ".next_id");
            Integer to = places.get(target.id());
            open |= target.isOpen();
            if (to != null && isTaken(action, isNext)) from.add(new Edge(to, target.kind()));
        }
        boolean below = flow.step(index).nextId().isEmpty() && index + 1 < flow.size();
        if (below && goesOn(action)) from.add(new Edge(index + 1, Target.after(action)));
        return from;
    }

    private static boolean isTaken(FlowAction action, boolean isNext) {
        return isNext ? goesOn(action) : !(action instanceof Goto jump) || jump.loopCount() > 0;
    }

    /** Whether the next step may come. */
    private static boolean goesOn(FlowAction action) {
        return switch (action) {
            case Stop stop -> false;
            case Hangup hangup -> false;
            case Branch branch -> false;
            // It is played until the call ends, or a key does.
            case SoundAction.Play play -> !play.loop() || play.onKey() == KeyPressed.GOES_ON;
            case FlowAction other -> true;
        };
    }

    /** Whether a step takes time; what only sets something going does not. */
    static boolean waits(FlowAction action) {
        return switch (action) {
            case SoundAction.Talk talk -> !talk.async();
            case SoundAction.Play play -> true;
            case SoundAction.Beep beep -> true;
            case KeyAction keys -> true;
            case DecisionAction decision -> decision instanceof DecisionAction.Sleep;
            case CallAction.Answer answer -> false;
            case CallAction.Connect connect -> true;
            case CallAction.PlaceCalls calls -> false;
            case CallAction.JoinConference join -> true;
            case CallAction.RecordingStart start -> false;
            case CallAction.RecordingStop stop -> false;
            case CallAction.Mute mute -> false;
            case CallAction.Echo echo -> true;
            case CallAction.StreamEcho echo -> true;
            case CallAction.DetectMachine detect -> !detect.async();
            case CallAction.WaitBeep wait -> true;
            // What they bring takes time, or is found to take none when it is there.
            case OutsideAction.Fetch fetch -> true;
            case OutsideAction.FetchFlow fetch -> true;
            case OutsideAction.WebhookSend send -> send.sync();
        };
    }

    /** Whether a step goes where a variable says; such ways are not among these. */
    boolean isOpen() {
        return open;
    }

    boolean waits(int index) {
        return waits(flow.step(index).action());
    }

    List<Edge> from(int index) {
        return edges.get(index);
    }

    /** Which steps may come after one, by edges from steps that a caller wants; itself only where there is a way back. */
    BitSet after(int index, BiPredicate<Integer, Edge> wanted) {
        var found = new BitSet();
        var waiting = new ArrayDeque<Integer>();
        waiting.add(index);
        while (!waiting.isEmpty()) {
            int at = waiting.remove();
            for (Edge edge : from(at)) {
                if (!found.get(edge.to()) && wanted.test(at, edge)) {
                    found.set(edge.to());
                    waiting.add(edge.to());
                }
            }
        }
        return found;
    }

    /** Which steps are ever reached. */
    BitSet reached() {
        if (flow.size() == 0) return new BitSet();
        BitSet reached = after(0, (from, edge) -> true);
        reached.set(0);
        return reached;
    }

    /** From which steps each one is reached at once. */
    List<List<Integer>> before() {
        List<List<Integer>> before = new ArrayList<>();
        for (int i = 0; i < flow.size(); i++) before.add(new ArrayList<>());
        for (int i = 0; i < flow.size(); i++) {
            for (Edge edge : from(i)) before.get(edge.to()).add(i);
        }
        return before;
    }
}
