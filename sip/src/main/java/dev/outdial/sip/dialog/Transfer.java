package dev.outdial.sip.dialog;

import java.util.ArrayList;
import java.util.List;

/**
 * How far our latest REFER has come (RFC 3515). Reports name a REFER by its number, {@code Event: refer;id=},
 * or mean the first where they name none (section 2.4.6).
 */
sealed interface Transfer {
    /** The REFERs before it that are still reported on, by their numbers, the first one first. */
    List<Long> earlier();

    /** The same when an earlier one is reported on no more. */
    Transfer without(long number);

    private static List<Long> less(List<Long> numbers, long number) {
        return numbers.stream().filter(one -> one != number).toList();
    }

    /** None was sent. */
    record None() implements Transfer {
        @Override
        public List<Long> earlier() {
            return List.of();
        }

        @Override
        public Transfer without(long number) {
            return this;
        }
    }

    /**
     * It is out; its response is awaited.
     *
     * @param isFirst whether nothing was asked for before it: then whatever is reported is about it
     */
    record Asking(Sent sent, List<Long> earlier, boolean isFirst) implements Transfer {
        @Override
        public Transfer without(long number) {
            return new Asking(sent, less(earlier, number), isFirst);
        }
    }

    /**
     * The far end took it on and reports.
     *
     * @param status what was told last
     * @param number of the REFER
     * @param isFirst as in {@link Asking}
     */
    record Reporting(int status, long number, List<Long> earlier, boolean isFirst) implements Transfer {
        private static final int MOST_EARLIER = 8;

        @Override
        public Transfer without(long other) {
            return new Reporting(status, number, less(earlier, other), isFirst);
        }

        /** Those that go on to be reported on when another is asked for. */
        List<Long> andEarlier() {
            var all = new ArrayList<>(earlier);
            all.add(number);
            return List.copyOf(all.subList(Math.max(0, all.size() - MOST_EARLIER), all.size()));
        }
    }

    /** The last word was told. */
    record Told(List<Long> earlier) implements Transfer {
        @Override
        public Transfer without(long number) {
            return new Told(less(earlier, number));
        }
    }
}
