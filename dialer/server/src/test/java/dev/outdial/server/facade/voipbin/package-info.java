@NullMarked
package dev.outdial.server.facade.voipbin;

import org.jspecify.annotations.NullMarked;
