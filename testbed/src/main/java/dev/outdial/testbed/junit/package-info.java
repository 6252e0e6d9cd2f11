/** The loopback trunk for users' tests: a JUnit extension and what it asserts, whatever SIP library is tested. */
@NullMarked
package dev.outdial.testbed.junit;

import org.jspecify.annotations.NullMarked;
