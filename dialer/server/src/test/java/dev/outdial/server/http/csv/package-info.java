@NullMarked
package dev.outdial.server.http.csv;

import org.jspecify.annotations.NullMarked;
