/**
 * What is done for every packet, timed by JMH. A benchmark is a class of its own here and nothing else: the annotations say the rest.
 * With {@code -prof gc} each must show 0 B/op.
 */
@NullMarked
package dev.outdial.benchmarks;

import org.jspecify.annotations.NullMarked;
