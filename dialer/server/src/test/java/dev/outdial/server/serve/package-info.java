@NullMarked
package dev.outdial.server.serve;

import org.jspecify.annotations.NullMarked;
