package dev.outdial.server.store;

/**
 * What is done in one transaction. It may be run again where another transaction was in the way: it changes nothing but tables, calls no
 * store, and waits for nothing. Where it changes several calls it does so in the order of their ids: else two transactions wait for each
 * other until the database undoes one.
 */
@FunctionalInterface
public interface Work<T> {
    /** Does it. What it throws undoes everything. */
    T in(Tables tables);
}
