/**
 * Checks of a directory: bind, search, and how many entries were found.
 *
 * <p>Speaks LDAP version 3 (RFC 4511) on a connection of the check's own and in its thread; of the LDAP library only what reads and writes
 * messages is used, so one connection is one connection. A message of the server's has at most 64 KiB, and no more entries are taken than
 * were asked for; of an entry only its name is asked for. StartTLS is RFC 4511 §4.14.
 */
@NullMarked
package org.mailsonar.check.ldap;

import org.jspecify.annotations.NullMarked;
