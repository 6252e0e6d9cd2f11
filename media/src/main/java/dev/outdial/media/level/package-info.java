/** What becomes of a file's sound before it is encoded: 8 kHz, without a constant offset, and on request as loud as other prompts. */
@NullMarked
package dev.outdial.media.level;

import org.jspecify.annotations.NullMarked;
