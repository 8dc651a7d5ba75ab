package org.mailsonar.check.instance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.mailsonar.program.Programs;

/** Every source of instances that asks tools of this machine. */
public final class InstanceSources {

    private InstanceSources() {}

    /**
     * All of them, whether or not their tools are here.
     *
     * @param limit for each call of a tool, and for each connection
     * @param dovecotFiles configuration files of Dovecot; empty for the instances that it remembers
     */
    public static List<InstanceSource> all(Programs programs, Duration limit, List<Path> dovecotFiles) {
        return List.of(
                new PostfixInstances(programs, limit),
                new DovecotInstances(programs, limit, dovecotFiles),
                new SystemdInstances(programs, limit),
                new WindowsServices(programs, limit),
                new IisInstances(programs, limit));
    }
}
