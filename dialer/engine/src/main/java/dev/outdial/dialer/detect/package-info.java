/** What is made out in the far end's sound. */
@NullMarked
package dev.outdial.dialer.detect;

import org.jspecify.annotations.NullMarked;
