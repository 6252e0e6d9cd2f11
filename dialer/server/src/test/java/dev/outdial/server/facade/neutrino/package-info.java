@NullMarked
package dev.outdial.server.facade.neutrino;

import org.jspecify.annotations.NullMarked;
