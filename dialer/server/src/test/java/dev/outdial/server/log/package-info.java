@NullMarked
package dev.outdial.server.log;

import org.jspecify.annotations.NullMarked;
