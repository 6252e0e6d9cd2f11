/** 8 kHz sound: tones, silence, WAV files. */
@NullMarked
package dev.outdial.testbed.sound;

import org.jspecify.annotations.NullMarked;
