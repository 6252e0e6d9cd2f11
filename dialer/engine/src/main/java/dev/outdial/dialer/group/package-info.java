/** Several callees of whom one is wanted: whom to ring when, and who picked up first. */
@NullMarked
package dev.outdial.dialer.group;

import org.jspecify.annotations.NullMarked;
