/**
 * What it takes to reach another machine, for all who speak to one: addresses found within a time limit, connections that end in time, and the
 * authorities that a certificate must lead to.
 */
@NullMarked
package org.mailsonar.net;

import org.jspecify.annotations.NullMarked;
