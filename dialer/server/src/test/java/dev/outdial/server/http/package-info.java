/** The API as its users see it: over HTTP, with services in memory, each answer held against openapi.yaml. */
@NullMarked
package dev.outdial.server.http;

import org.jspecify.annotations.NullMarked;
