@NullMarked
package dev.outdial.server.facade;

import org.jspecify.annotations.NullMarked;
