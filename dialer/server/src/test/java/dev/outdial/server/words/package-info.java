/** Tests of words that users type. */
@org.jspecify.annotations.NullMarked
package dev.outdial.server.words;
