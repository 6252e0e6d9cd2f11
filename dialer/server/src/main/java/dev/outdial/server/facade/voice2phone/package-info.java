/** Voice2Phone's outbound call API, answered by our own engine. */
@NullMarked
package dev.outdial.server.facade.voice2phone;

import org.jspecify.annotations.NullMarked;
