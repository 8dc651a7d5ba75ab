package org.mailsonar.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.instance.EndpointInstances.Endpoint;
import org.mailsonar.check.instance.InstanceSettings;
import org.mailsonar.check.protocol.Dialogue;
import org.mailsonar.check.protocol.Limits;
import org.mailsonar.program.Programs;
import org.mailsonar.time.TimeSource;

/** Reads which instances of this machine a monitor looks at: what the options of {@code mailsonar instances} say, as keys. */
final class InstancesReader {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    private InstancesReader() {}

    /**
     * Reads them.
     *
     * @param dialogues a site's own, for the URLs of endpoints
     */
    static InstanceSettings read(ConfigSection section, List<Dialogue> dialogues) throws ConfigException {
        Duration limit = section.optional("limit", Quantities::duration, LIMIT);
        ConfigNode before = section.optional("runWith");
        Programs programs = before == null ? new Programs() : new Programs(before.listOf(text -> text));
        List<Endpoint> endpoints = endpoints(
                section.optional("endpoints"),
                new ChecksReader(dialogues, new Limits(limit, null), TimeSource.system()));
        List<Path> dovecot = new ArrayList<>();
        ConfigNode files = section.optional("dovecot");
        for (ConfigNode file : files == null ? List.<ConfigNode>of() : files.list()) {
            dovecot.add(file.path());
        }
        ConfigNode named = section.optional("sources");
        List<String> sources = named == null ? List.of() : named.listOf(text -> text);
        Duration startLimit = startLimit(section);
        ConfigNode place = named == null ? section.place() : named;
        return place.check(() -> new InstanceSettings(sources, endpoints, dovecot, programs, limit, startLimit));
    }

    /** Nothing is started unless it is asked for. */
    private static @Nullable Duration startLimit(ConfigSection section) throws ConfigException {
        boolean start = section.optional("start", Quantities::yesOrNo, false);
        ConfigNode limit = section.optional("startLimit");
        if (limit != null && !start) {
            throw limit.error("nothing is started; add start: true, or remove this");
        }
        return start ? section.optional("startLimit", Quantities::duration, START_LIMIT) : null;
    }

    private static List<Endpoint> endpoints(@Nullable ConfigNode node, ChecksReader checks) throws ConfigException {
        List<Endpoint> endpoints = new ArrayList<>();
        for (ConfigNode item : node == null ? List.<ConfigNode>of() : node.list()) {
            ConfigSection section = item.section("name", "url");
            ConfigNode url = section.required("url", "imaps://store1.company.test");
            String name = section.required("name", "store1").text();
            endpoints.add(new Endpoint(name, url.as(text -> text.replaceFirst("://.*", "")), checks.read(url)));
        }
        return endpoints;
    }
}
