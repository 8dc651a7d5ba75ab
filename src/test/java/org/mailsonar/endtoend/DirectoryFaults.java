package org.mailsonar.endtoend;

import static org.mailsonar.endtoend.RealFaults.fault;

import java.util.List;
import java.util.Set;

/** What administrators of a directory meet. */
final class DirectoryFaults {

    private static final String READABLE = "access to * by * read";

    private DirectoryFaults() {}

    static List<RealFault> all() {
        return List.of(
                closed(),
                fault(
                        "ldap1 refuses the login of the mail servers",
                        "ldap1",
                        site -> site.directory().reconfigure("rootdn cn=admin,", "rootdn cn=chief,"),
                        site -> site.directory().reconfigure("rootdn cn=chief,", "rootdn cn=admin,")),
                new RealFault(
                        "ldap1 has lost the account test1",
                        Set.of("ldap1", "store1"),
                        site -> site.rename("test1", "gone1"),
                        site -> site.rename("gone1", "test1")),
                fault(
                        "ldap1 names a wrong store for everybody",
                        "ldap1",
                        site -> {
                            site.change("test1", "mailStore", "store9");
                            site.change("test2", "mailStore", "store9");
                        },
                        site -> {
                            site.change("test1", "mailStore", "store1");
                            site.change("test2", "mailStore", "store2");
                        }));
    }

    static RealFault closed() {
        return fault(
                "ldap1 shows nothing to anybody",
                "ldap1",
                site -> site.directory().reconfigure(READABLE, "access to * by * none"),
                site -> site.directory().reconfigure("access to * by * none", READABLE));
    }
}
