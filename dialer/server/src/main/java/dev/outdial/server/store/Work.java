package dev.outdial.server.store;

/**
 * What is done in one transaction. It may be run again where another transaction was in the way: it changes nothing but tables, calls no
 * store, and waits for nothing.
 */
@FunctionalInterface
public interface Work<T> {
    /** Does it. What it throws undoes everything. */
    T in(Tables tables);
}
