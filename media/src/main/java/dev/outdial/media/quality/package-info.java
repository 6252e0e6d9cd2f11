/** How good received sound is to listen to, estimated from what happened to its packets (ITU-T G.107). */
@NullMarked
package dev.outdial.media.quality;

import org.jspecify.annotations.NullMarked;
