@NullMarked
package dev.outdial.dialer.flow.lint;

import org.jspecify.annotations.NullMarked;
