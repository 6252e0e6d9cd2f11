/** Who may be dialled now, and the memory that it was: no INVITE that starts a dialog leaves without a permit. */
@NullMarked
package dev.outdial.dialer.ledger;

import org.jspecify.annotations.NullMarked;
