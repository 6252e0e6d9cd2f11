/** Text that becomes sound: what is to be spoken, who speaks it, and what was spoken before. */
@org.jspecify.annotations.NullMarked
package dev.outdial.media.speech;
