@NullMarked
package org.mailsonar.store;

import org.jspecify.annotations.NullMarked;
