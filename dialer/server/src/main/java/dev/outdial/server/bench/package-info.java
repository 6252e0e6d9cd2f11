/** Measures what the engine costs and how well it keeps time: loads in processes of their own, held against targets. */
@NullMarked
package dev.outdial.server.bench;

import org.jspecify.annotations.NullMarked;
