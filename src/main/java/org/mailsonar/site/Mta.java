package org.mailsonar.site;

import java.util.List;
import org.mailsonar.relay.SmtpSettings;

/**
 * A machine that takes mail.
 *
 * @param name what the site calls it
 * @param relay where it listens, and who logs in
 * @param relaysTo the MTAs that it may hand mail on to, any of them; empty where it delivers to the stores itself
 * @param stores the names of the stores whose mail it takes
 * @param directories the names of the directory servers that it asks
 */
public record Mta(
        String name, SmtpSettings relay, List<String> relaysTo, List<String> stores, List<String> directories) {

    public Mta {
        relaysTo = List.copyOf(relaysTo);
        stores = List.copyOf(stores);
        directories = List.copyOf(directories);
    }
}
