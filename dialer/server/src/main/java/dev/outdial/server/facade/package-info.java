/** What every API has that is answered as another system does: places, requests, answers, credentials. It knows no call. */
@NullMarked
package dev.outdial.server.facade;

import org.jspecify.annotations.NullMarked;
