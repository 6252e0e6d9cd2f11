/** The media engine: audio files in, RTP out and in, keys, recording. Knows no SIP message. */
@NullMarked
package dev.outdial.media;

import org.jspecify.annotations.NullMarked;
