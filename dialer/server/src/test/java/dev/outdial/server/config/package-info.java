@NullMarked
package dev.outdial.server.config;

import org.jspecify.annotations.NullMarked;
