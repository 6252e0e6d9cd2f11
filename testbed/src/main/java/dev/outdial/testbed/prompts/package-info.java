/** The spoken prompts and the sound that a callee should hear when they are played. */
@NullMarked
package dev.outdial.testbed.prompts;

import org.jspecify.annotations.NullMarked;
