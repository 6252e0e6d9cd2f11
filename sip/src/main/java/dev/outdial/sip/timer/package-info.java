/** When timers go off. */
@NullMarked
package dev.outdial.sip.timer;

import org.jspecify.annotations.NullMarked;
