/** The native API over HTTP: reads requests, asks the services, writes answers; decides nothing about calls. */
@NullMarked
package dev.outdial.server.http;

import org.jspecify.annotations.NullMarked;
