@NullMarked
package dev.outdial.server.facade.cequens;

import org.jspecify.annotations.NullMarked;
