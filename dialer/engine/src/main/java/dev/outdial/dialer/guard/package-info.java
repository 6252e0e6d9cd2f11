/** Who may be dialled, how often and when: pure judgments that neither load nor keep anything. */
@NullMarked
package dev.outdial.dialer.guard;

import org.jspecify.annotations.NullMarked;
