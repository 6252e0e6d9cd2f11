@NullMarked
package dev.outdial.server.documents;

import org.jspecify.annotations.NullMarked;
