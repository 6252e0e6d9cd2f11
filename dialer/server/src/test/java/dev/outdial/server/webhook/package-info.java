@NullMarked
package dev.outdial.server.webhook;

import org.jspecify.annotations.NullMarked;
