/** The one door to calls: accepts, queries and controls them; HTTP, facades and the command line see nothing below it. */
@NullMarked
package dev.outdial.server.calls;

import org.jspecify.annotations.NullMarked;
