@NullMarked
package dev.outdial.dialer.flow.json;

import org.jspecify.annotations.NullMarked;
