@NullMarked
package dev.outdial.server.facade.voice2phone;

import org.jspecify.annotations.NullMarked;
