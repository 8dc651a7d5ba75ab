package org.mailsonar.check.instance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mailsonar.program.Programs;
import org.mailsonar.program.Ran;

/**
 * Postfix, also with several instances (postmulti(1), MULTI_INSTANCE_README). {@code postmulti -l} tells which there are; {@code postmulti -i
 * NAME -p status} tells whether the master of one lives, by its own means: the master holds a lock on its pid file as long as it lives, so
 * a stale pid file deceives nobody. Each SMTP listener in master.cf is an instance, and a connection to it has to be greeted. A master that
 * lives without any SMTP listener is a stopped instance: nobody can bring mail to it.
 */
final class PostfixInstances implements InstanceSource {

    private static final String NAME = "postfix";

    private final Programs programs;
    private final Duration limit;
    private final PortNames names = PortNames.ofThisMachine();

    PostfixInstances(Programs programs, Duration limit) {
        this.programs = programs;
        this.limit = limit;
    }

    /** A line of {@code postmulti -l}: name, group, enabled, directory. */
    record Multi(String name, boolean enabled, String directory) {

        static List<Multi> parse(String output) {
            List<Multi> all = new ArrayList<>();
            for (String line : output.split("\n", -1)) {
                String[] words = line.strip().split("\\s+", 4);
                if (words.length == 4 && words[3].startsWith("/")) {
                    all.add(new Multi(words[0], words[2].equals("y"), words[3]));
                }
            }
            return all;
        }

        /** The main instance has no name of its own, unless it is given one. */
        String called() {
            return name.equals("-") ? NAME : name;
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isHere() {
        return programs.find("postmulti").isPresent() && programs.find("postconf").isPresent();
    }

    @Override
    public Found look() throws InterruptedException {
        List<Instance> instances = new ArrayList<>();
        List<String> troubles = new ArrayList<>();
        switch (programs.run(List.of("postmulti", "-l"), limit)) {
            case Ran.NotRun(String why) -> troubles.add("postfix: " + why);
            case Ran.Ended(int status, String output, String complaint) -> {
                List<Multi> all = Multi.parse(output);
                if (status != 0 || all.isEmpty()) {
                    troubles.add("postfix: postmulti -l " + new Ran.Ended(status, output, complaint).told()
                            + "; is there a main.cf that this user may read?");
                }
                for (Multi multi : all) {
                    look(multi, instances, troubles);
                }
            }
        }
        return new Found(instances, troubles);
    }

    private void look(Multi multi, List<Instance> instances, List<String> troubles) throws InterruptedException {
        String asked = "postmulti -i " + multi.name() + " -p status";
        Ran alive = programs.run(List.of("postmulti", "-i", multi.name(), "-p", "status"), limit);
        Ran table = programs.run(List.of("postconf", "-c", multi.directory(), "-M"), limit);
        Ran values = programs.run(
                List.of("postconf", "-c", multi.directory(), "-hx", "inet_interfaces", "master_service_disable"), limit);
        if (!(alive instanceof Ran.Ended status) || !(table instanceof Ran.Ended(int read, String services, String why))
                || !(values instanceof Ran.Ended settings)) {
            for (Ran ran : List.of(alive, table, values)) {
                if (ran instanceof Ran.NotRun(String reason)) {
                    troubles.add("postfix: " + multi.called() + ": " + reason);
                }
            }
            return;
        }
        if (status.status() > 1 || status.complaint().contains("fatal:")) {
            troubles.add("postfix: " + multi.called() + ": " + asked + " " + status.told()
                    + "; it wants root, see --run-with");
            return;
        }
        if (read != 0) {
            troubles.add("postfix: " + multi.called() + ": postconf -M " + new Ran.Ended(read, services, why).told());
            return;
        }
        String[] lines = settings.output().split("\n", -1);
        String disabled = lines.length > 1 ? lines[1] : "";
        List<PostfixService> found = PostfixService.parse(services, disabled);
        boolean lives = status.status() == 0;
        if (found.isEmpty()) {
            instances.add(withoutListener(multi, lives));
        }
        for (PostfixService service : found) {
            instances.add(instance(multi, service, lives, lines[0]));
        }
    }

    /** To start the master would not help, nor to let it read the table again. */
    private Instance withoutListener(Multi multi, boolean lives) {
        Instance instance = of(
                multi,
                multi.called(),
                InstanceState.STOPPED,
                (lives ? "the master lives, but " : "the master is not there, and ") + multi.directory()
                        + "/master.cf has no smtpd service that is switched on",
                lives);
        return new Instance(
                instance.source(),
                instance.name(),
                instance.protocol(),
                instance.state(),
                instance.detail(),
                instance.expected(),
                List.of());
    }

    private Instance instance(Multi multi, PostfixService service, boolean lives, String interfaces) {
        String name = multi.called() + "/" + service.name();
        Listener listener = service.listener(interfaces, names);
        if (!lives) {
            return of(multi, name, InstanceState.STOPPED, "the master is not there", false);
        }
        if (listener == null) {
            return of(multi, name, InstanceState.UNKNOWN, "nobody knows the port of '" + service.name() + "'", true);
        }
        Listener.Answer answer = listener.ask(limit);
        String words = answer.words().isEmpty() ? "" : ", the master lives, but: " + answer.words();
        return of(multi, name, answer.state(), listener + words, true);
    }

    /** A living master whose table has a service that nobody listens for has not read that table yet. */
    private static Instance of(Multi multi, String name, InstanceState state, String detail, boolean lives) {
        List<String> start = multi.enabled() && state == InstanceState.STOPPED
                ? List.of("postmulti", "-i", multi.name(), "-p", lives ? "reload" : "start")
                : List.of();
        return new Instance(
                NAME,
                name,
                InstanceProtocol.SMTP,
                state,
                detail + (multi.enabled() ? "" : " (disabled: multi_instance_enable = no)"),
                multi.enabled(),
                start);
    }
}
