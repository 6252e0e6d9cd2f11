/** What is made out in the far end's sound: tones, and who answered. */
@NullMarked
package dev.outdial.dialer.detect;

import org.jspecify.annotations.NullMarked;
