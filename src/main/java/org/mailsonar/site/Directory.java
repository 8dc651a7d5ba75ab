package org.mailsonar.site;

import org.mailsonar.check.Check;

/**
 * A directory server.
 *
 * @param name what the site calls it
 * @param check looks at it: binds and searches
 */
public record Directory(String name, Check check) {}
