/** The readers of JSON by themselves. */
@NullMarked
package dev.outdial.server.http.json;

import org.jspecify.annotations.NullMarked;
