package dev.outdial.server.webhook;

import dev.outdial.server.webhook.Deliveries.Finished;
import dev.outdial.server.webhook.Profile.Manner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what is due, has it sent, and writes down what became of it; how much at a time each {@link ReceiverState} says.
 *
 * <p><b>Threading:</b> one thread has the turns; answers come from any.
 */
final class DeliveryLoop {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryLoop.class);
    private static final int MOST_A_TURN = 64;
    private static final Duration BETWEEN_LOOKS_FOR_OLD = Duration.ofMinutes(1);

    private final Deliveries deliveries;
    private final Sender sender;
    private final RandomGenerator random;
    private final int mostAtOnce;
    private final Map<String, ReceiverState> receivers = new HashMap<>();
    private final ConcurrentLinkedQueue<Answered> answers = new ConcurrentLinkedQueue<>();
    /** What could not be written down yet. */
    private List<Finished> finished = new ArrayList<>();

    private int underWay;
    private int firstServed;
    private Instant nextLookForOld = Instant.MIN;

    /** Sends. */
    interface Sender {
        /** Begins to send, and says later what came of it: by {@link DeliveryLoop#answered}, once. */
        void begin(Parcel parcel);
    }

    private record Answered(Parcel parcel, Answer answer, Duration took) {}

    DeliveryLoop(Deliveries deliveries, Sender sender, RandomGenerator random, int mostAtOnce) {
        this.deliveries = deliveries;
        this.sender = sender;
        this.random = random;
        this.mostAtOnce = mostAtOnce;
    }

    /** What came of a delivery: by any thread. Has its effect at the next turn. */
    void answered(Parcel parcel, Answer answer, Duration took) {
        answers.add(new Answered(parcel, answer, took));
    }

    int underWay() {
        return underWay;
    }

    /**
     * One turn: answers first, then what is due.
     *
     * @return whether there may be more to do at once
     */
    boolean turn(Instant now) {
        boolean hadAnswers = settle(now);
        return takeWhatIsDue(now) > 0 || hadAnswers;
    }

    /** Writes down what was answered, and takes nothing more. Answers whether there was something. */
    boolean settle(Instant now) {
        boolean hadAnswers = judgeAnswers(now);
        if (!finished.isEmpty()) {
            deliveries.finish(finished, now);
            finished = new ArrayList<>();
        }
        return hadAnswers;
    }

    private boolean judgeAnswers(Instant now) {
        boolean hadAny = false;
        for (Answered one = answers.poll(); one != null; one = answers.poll()) {
            hadAny = true;
            underWay--;
            String receiver = one.parcel().row().endpoint();
            ReceiverState state = receivers.getOrDefault(receiver, ReceiverState.FRESH);
            Manner manner = one.parcel().target().manner();
            double luck = random.nextDouble();
            var step = manner == Manner.STANDARD
                    ? state.answered(one.answer(), one.took(), now, luck)
                    : state.answeredForItself(one.answer(), one.took(), now, luck);
            receivers.put(receiver, step.next());
            var row = one.parcel().row();
            var verdict = Verdict.of(manner, one.answer(), row.tries(), row.created(), now, random.nextDouble());
            finished.add(new Finished(one.parcel(), verdict, step.isBack()));
        }
        return hadAny;
    }

    private int takeWhatIsDue(Instant now) {
        List<String> due = deliveries.receiversDue(now);
        // All have the first place in turn, in case there is not room for all.
        int taken = 0;
        for (int i = 0; i < due.size(); i++) {
            taken += takeFor(due.get((firstServed + i) % due.size()), now);
        }
        firstServed = due.isEmpty() ? 0 : (firstServed + 1) % due.size();
        if (!now.isBefore(nextLookForOld)) {
            nextLookForOld = now.plus(BETWEEN_LOOKS_FOR_OLD);
            due.forEach(receiver -> deliveries.giveUpOld(receiver, now));
            forgetIdle(due);
        }
        return taken;
    }

    private int takeFor(String receiver, Instant now) {
        ReceiverState state = receivers.getOrDefault(receiver, ReceiverState.FRESH);
        int room = Math.min(Math.min(state.mayTake(now), mostAtOnce - underWay), MOST_A_TURN);
        if (room <= 0) return 0;
        List<Parcel> parcels;
        try {
            parcels = deliveries.take(receiver, now, room);
        } catch (IllegalStateException broken) {
            // What is stored of it makes no sense: that holds up nobody else.
            LOG.error("webhook={} cannot be told anything", receiver, broken);
            receivers.put(receiver, new ReceiverState.Down(state.underWay(), 0, now.plus(ReceiverState.LONGEST_PAUSE)));
            return 0;
        }
        if (parcels.isEmpty()) return 0;
        receivers.put(receiver, state.taken(parcels.size()));
        underWay += parcels.size();
        parcels.forEach(sender::begin);
        return parcels.size();
    }

    /** Who fares well and has nothing to get is not kept in mind. */
    private void forgetIdle(List<String> due) {
        receivers
                .entrySet()
                .removeIf(one -> one.getValue() instanceof ReceiverState.Up up
                        && up.underWay() == 0
                        && up.failures() == 0
                        && !due.contains(one.getKey()));
    }
}
