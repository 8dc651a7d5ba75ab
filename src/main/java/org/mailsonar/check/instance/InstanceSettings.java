package org.mailsonar.check.instance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.instance.EndpointInstances.Endpoint;
import org.mailsonar.program.Programs;

/**
 * Which instances are looked at.
 *
 * @param sources the words by which they are chosen, see {@link #SOURCES}; empty for all whose tools are on this machine
 * @param endpoints instances that are known by where they listen
 * @param dovecot configuration files of Dovecot; empty for the instances that it remembers
 * @param programs how tools are run
 * @param limit for each call of a tool, and for each connection
 * @param startLimit for each command that starts one; null where nothing is started
 */
public record InstanceSettings(
        List<String> sources,
        List<Endpoint> endpoints,
        List<Path> dovecot,
        Programs programs,
        Duration limit,
        @Nullable Duration startLimit) {

    /** The sources that there are. */
    public static final List<String> SOURCES = List.of("postfix", "dovecot", "systemd", "windows", "iis", "endpoints");

    /**
     * Checks them.
     *
     * @throws IllegalArgumentException when there is no such source; the message names those that there are
     */
    public InstanceSettings {
        for (String source : sources) {
            if (!SOURCES.contains(source)) {
                throw new IllegalArgumentException("knows " + String.join(", ", SOURCES) + ", not '" + source + "'");
            }
        }
        sources = List.copyOf(sources);
        endpoints = List.copyOf(endpoints);
        dovecot = List.copyOf(dovecot);
    }

    /** The chosen ones, in their order; of all, those whose tools are here now. */
    public List<InstanceSource> chosen() {
        List<InstanceSource> all = new ArrayList<>(InstanceSources.all(programs, limit, dovecot));
        all.add(new EndpointInstances(endpoints));
        if (sources.isEmpty()) {
            return all.stream().filter(InstanceSource::isHere).toList();
        }
        return sources.stream()
                .flatMap(name -> all.stream().filter(source -> source.name().equals(name)))
                .toList();
    }

    /** Looks at all of them once, and starts what is down where that is wanted. */
    public InstanceSurvey survey() throws InterruptedException {
        List<InstanceSource> chosen = chosen();
        InstanceSurvey survey = InstanceSurvey.of(chosen);
        return startLimit == null ? survey : new InstanceStarter(programs, startLimit).start(survey, chosen);
    }
}
