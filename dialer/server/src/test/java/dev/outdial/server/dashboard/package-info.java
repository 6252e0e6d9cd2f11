/** The pages for people. */
@NullMarked
package dev.outdial.server.dashboard;

import org.jspecify.annotations.NullMarked;
