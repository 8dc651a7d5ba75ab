/**
 * Configuration files: YAML 1.2, read strictly.
 *
 * <p>Nothing is guessed: an unknown key, a missing one or a bad value is a {@link org.mailsonar.config.ConfigException} that names
 * the file, the line, the key and what would be right. A secret never stands in the file itself but in a file or an environment
 * variable that it names. The YAML is read as a tree of nodes that know their lines, not bound to objects by reflection: that
 * gives the exact place for every complaint, and it is fast enough for a program that starts once per mail.
 */
@NullMarked
package org.mailsonar.config;

import org.jspecify.annotations.NullMarked;
