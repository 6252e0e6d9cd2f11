/** Words that users type. */
@org.jspecify.annotations.NullMarked
package dev.outdial.server.words;
