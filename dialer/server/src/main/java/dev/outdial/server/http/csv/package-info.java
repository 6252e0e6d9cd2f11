/** Reads and writes comma-separated values (RFC 4180). Pure. */
@NullMarked
package dev.outdial.server.http.csv;

import org.jspecify.annotations.NullMarked;
