/** Reads what users send as JSON: within limits, all errors at once, each with the path of its field. */
@NullMarked
package dev.outdial.server.http.json;

import org.jspecify.annotations.NullMarked;
