/** Tests of the shell scripts that find and start Mailsonar. */
@NullMarked
package org.mailsonar.scripts;

import org.jspecify.annotations.NullMarked;
