/** What users name and the server keeps: flows, trunks, numbers, accounts, access keys, uploads and the do-not-call list. */
@NullMarked
package dev.outdial.server.documents;

import org.jspecify.annotations.NullMarked;
