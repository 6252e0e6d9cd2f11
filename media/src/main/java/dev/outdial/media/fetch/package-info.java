/** Files from other people's servers, taken with suspicion: the one HTTP client for addresses that users give. */
@org.jspecify.annotations.NullMarked
package dev.outdial.media.fetch;
