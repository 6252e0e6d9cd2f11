/** VoIPBin's API, as far as calls, groups of calls, flows, numbers, access keys and recordings go: it translates, and holds no call logic. */
@NullMarked
package dev.outdial.server.facade.voipbin;

import org.jspecify.annotations.NullMarked;
