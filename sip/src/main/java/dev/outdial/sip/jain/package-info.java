/** The only owner of jain-sip: turns its messages into values and values into its messages. */
@NullMarked
package dev.outdial.sip.jain;

import org.jspecify.annotations.NullMarked;
