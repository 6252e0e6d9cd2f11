package dev.outdial.server.calls;

/** Places calls that are dialled now or not at all. Threading and errors as {@link CallService}. */
public interface ImmediateCalls {
    /**
     * Reads a number in any spelling, as the first trunk dials it.
     *
     * @param country ISO 3166-1 alpha-2 of the country whose national numbers are read, too; where empty, a number in international format
     *     is expected, with {@code +} or {@code 00} or neither before it
     * @return that it is not valid where there is no such country, too
     */
    NumberReading read(String number, String country);

    /**
     * Accepts a call where it can be dialled at once: no other call of the account to that number goes on, its trunk has a channel free,
     * and the guard lets it be dialled now. All that is asked and done in one transaction, so that the last channel is one call's. What
     * still keeps it from being dialled for a minute cancels it.
     */
    Placing place(String account, NewCall call);

    /** What became of it. */
    sealed interface Placing {
        /** It is accepted, and dialled now. */
        record Placed(CallRecord call) implements Placing {}

        /** A call to that number goes on. */
        record InProgress() implements Placing {}

        /** As many calls go over the trunk, or over all, as may. */
        record NoChannel() implements Placing {}

        /**
         * It may not be dialled, or not at this time of the day.
         *
         * @param rule which rule says so, such as {@code premium} or {@code do-not-call}
         */
        record Forbidden(String rule) implements Placing {}
    }
}
