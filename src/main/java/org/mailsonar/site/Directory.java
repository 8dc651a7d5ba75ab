package org.mailsonar.site;

/**
 * A directory server.
 *
 * @param name what the site calls it
 * @param url where it listens: {@code ldap://host:port/…}, without secrets
 */
public record Directory(String name, String url) {}
