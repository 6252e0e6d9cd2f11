/** The engine's inside: the machine that decides a call and the runner that carries it out. Not for users. */
@NullMarked
package dev.outdial.dialer.call;

import org.jspecify.annotations.NullMarked;
