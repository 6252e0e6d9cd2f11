/** A web server that answers as a test wants, wrongly and endlessly too. */
@org.jspecify.annotations.NullMarked
package dev.outdial.testbed.web;
