@NullMarked
package dev.outdial.dialer.journal;

import org.jspecify.annotations.NullMarked;
