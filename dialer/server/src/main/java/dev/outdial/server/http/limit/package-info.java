/** How much one user of the API may ask for: decided in values. */
@NullMarked
package dev.outdial.server.http.limit;

import org.jspecify.annotations.NullMarked;
