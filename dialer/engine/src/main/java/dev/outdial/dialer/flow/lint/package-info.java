/** Looks at flows for what can hardly be meant, before anybody is called. */
@NullMarked
package dev.outdial.dialer.flow.lint;

import org.jspecify.annotations.NullMarked;
