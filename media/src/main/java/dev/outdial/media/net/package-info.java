/** The media loop and its sockets: the only place in this module that touches the network. */
@NullMarked
package dev.outdial.media.net;

import org.jspecify.annotations.NullMarked;
