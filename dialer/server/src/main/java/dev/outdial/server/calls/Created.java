package dev.outdial.server.calls;

/**
 * What a create brought.
 *
 * @param replay whether the same request had brought it before, so that nothing was done now
 */
public record Created<T>(T item, boolean replay) {}
