/** A call to us: from its INVITE until its dialog is confirmed, and what is answered to requests that belong to no dialog. Pure. */
@NullMarked
package dev.outdial.sip.incoming;

import org.jspecify.annotations.NullMarked;
