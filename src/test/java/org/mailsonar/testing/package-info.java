/** What tests of several packages share: servers that play a script, and certificates made on the spot. */
@NullMarked
package org.mailsonar.testing;

import org.jspecify.annotations.NullMarked;
