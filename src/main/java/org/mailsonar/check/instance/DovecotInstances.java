package org.mailsonar.check.instance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.mailsonar.program.Programs;
import org.mailsonar.program.Ran;

/**
 * Dovecot, also with several instances. {@code doveadm instance list} tells which there are, {@code doveconf} their listeners for IMAP,
 * POP3, LMTP and submission, and {@code doveadm service status} asks the master, who answers as long as it lives. A listener runs when it
 * greets: one that {@code doveadm service stop} has stopped is stopped, while its master lives. Where the master does not answer in time the
 * listeners alone are asked, and one that nobody answers for is unknown: nothing is started beside a master that may live.
 */
final class DovecotInstances implements InstanceSource {

    private static final String NAME = "dovecot";
    private static final String USUAL = "/etc/dovecot/dovecot.conf";

    private final Programs programs;
    private final Duration limit;
    private final List<Path> files;

    /** Looks at the instances that Dovecot remembers, or, where files are named, at those of these configuration files. */
    DovecotInstances(Programs programs, Duration limit, List<Path> files) {
        this.programs = programs;
        this.limit = limit;
        this.files = List.copyOf(files);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isHere() {
        return programs.find("doveadm").isPresent() && programs.find("doveconf").isPresent();
    }

    @Override
    public Found look() throws InterruptedException {
        List<Instance> instances = new ArrayList<>();
        List<String> troubles = new ArrayList<>();
        Set<String> configurations = new LinkedHashSet<>();
        files.forEach(file -> configurations.add(file.toString()));
        if (files.isEmpty()) {
            remembered(configurations, troubles);
        }
        for (String configuration : configurations) {
            look(configuration, instances, troubles);
        }
        return new Found(instances, troubles);
    }

    /** Dovecot links each instance's configuration into its base directory. */
    private void remembered(Set<String> configurations, List<String> troubles) throws InterruptedException {
        switch (programs.run(List.of("doveadm", "-f", "tab", "instance", "list"), limit)) {
            case Ran.NotRun(String why) -> troubles.add("dovecot: " + why);
            case Ran.Ended ended
            when ended.status() != 0 ->
                troubles.add("dovecot: doveadm instance list " + ended.told() + "; it wants root, see --run-with");
            case Ran.Ended ended -> {
                configurations.addAll(bases(ended.output()));
                if (configurations.isEmpty()) {
                    configurations.add(USUAL);
                }
            }
        }
    }

    /** The configurations in the output of {@code doveadm -f tab instance list}: path, name, last used, running. */
    static List<String> bases(String output) {
        List<String> all = new ArrayList<>();
        for (String line : output.split("\n", -1)) {
            String path = line.split("\t", 2)[0].strip();
            if (path.startsWith("/")) {
                all.add(path + "/dovecot.conf");
            }
        }
        return all;
    }

    private void look(String configuration, List<Instance> instances, List<String> troubles)
            throws InterruptedException {
        Ran ran = programs.run(List.of("doveconf", "-c", configuration), limit);
        if (!(ran instanceof Ran.Ended(int status, String output, String complaint))) {
            troubles.add("dovecot: " + ((Ran.NotRun) ran).why());
            return;
        }
        if (status != 0) {
            troubles.add("dovecot: " + configuration + ": doveconf "
                    + new Ran.Ended(status, "", complaint).told()
                    + "; repair it, or forget the instance with doveadm instance remove");
            return;
        }
        DovecotConfig config = DovecotConfig.parse(output);
        Ran asked = programs.run(List.of("doveadm", "-c", configuration, "-f", "tab", "service", "status"), limit);
        if (asked instanceof Ran.Ended denied && denied.complaint().contains("Permission denied")) {
            troubles.add("dovecot: " + configuration + ": doveadm service status " + denied.told()
                    + "; it wants root, see --run-with");
            return;
        }
        Master master = switch (asked) {
            case Ran.NotRun _ -> Master.SILENT;
            case Ran.Ended ended -> ended.status() == 0 ? Master.LIVES : Master.GONE;
        };
        String called = config.settings().getOrDefault("instance_name", NAME);
        for (DovecotConfig.Place place : config.listeners()) {
            instances.add(instance(configuration, called, place, master));
        }
        if (config.listeners().isEmpty()) {
            instances.add(new Instance(
                    NAME,
                    called,
                    InstanceProtocol.OTHER,
                    switch (master) {
                        case LIVES -> InstanceState.RUNNING;
                        case GONE -> InstanceState.STOPPED;
                        case SILENT -> InstanceState.UNKNOWN;
                    },
                    "no listener for clients is switched on in " + configuration,
                    false,
                    List.of()));
        }
    }

    private Instance instance(String configuration, String called, DovecotConfig.Place place, Master master) {
        Listener listener = place.listener();
        Listener.Answer answer = switch (master) {
            case LIVES -> listener.ask(limit);
            case GONE -> new Listener.Answer(InstanceState.STOPPED, "the master is not there");
            case SILENT -> listener.ask(limit).unlessStopped("the master does not answer, and nobody listens there");
        };
        String but = master == Master.LIVES ? ", the master lives, but: " : ", ";
        List<String> start = master == Master.LIVES
                ? List.of("doveadm", "-c", configuration, "reload")
                : List.of("dovecot", "-c", configuration);
        return new Instance(
                NAME,
                called + "/" + place.name(),
                place.protocol(),
                answer.state(),
                listener + (answer.words().isEmpty() ? "" : but + answer.words()),
                true,
                answer.state() == InstanceState.STOPPED ? start : List.of());
    }

    /** What is known of a master. */
    private enum Master {
        LIVES,
        GONE,
        /** It was asked, and there was no answer in time. */
        SILENT
    }
}
