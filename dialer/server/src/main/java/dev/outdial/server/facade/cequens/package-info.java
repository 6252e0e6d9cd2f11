/** Cequens' "Call with User input", answered by our own engine. */
@NullMarked
package dev.outdial.server.facade.cequens;

import org.jspecify.annotations.NullMarked;
