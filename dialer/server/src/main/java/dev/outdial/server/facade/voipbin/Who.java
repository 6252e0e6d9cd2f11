package dev.outdial.server.facade.voipbin;

import dev.outdial.server.calls.Scope;

/**
 * Who asks.
 *
 * @param scope what it may do
 */
record Who(String account, Scope scope) {}
