/** What the log tells and what it keeps to itself. */
@NullMarked
package dev.outdial.server.log;

import org.jspecify.annotations.NullMarked;
