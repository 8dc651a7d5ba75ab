package org.mailsonar.site;

import java.util.List;

/**
 * A machine by which customers fetch their mail.
 *
 * @param name what the site calls it
 * @param access where it listens
 * @param stores the names of the stores behind it
 * @param directories the names of the directory servers that it asks
 */
public record Proxy(String name, Access access, List<String> stores, List<String> directories) {

    public Proxy {
        stores = List.copyOf(stores);
        directories = List.copyOf(directories);
    }
}
