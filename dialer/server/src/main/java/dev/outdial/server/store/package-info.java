/**
 * What is kept, on the disk or in a database: calls and their events, who may be dialled and what was, and everything that users name.
 * Decides nothing of calls but whether an attempt may be made.
 */
@NullMarked
package dev.outdial.server.store;

import org.jspecify.annotations.NullMarked;
