package org.mailsonar.check.instance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailsonar.program.Programs;
import org.mailsonar.program.Ran;

/**
 * Postfix, also with several instances (postmulti(1), MULTI_INSTANCE_README). {@code postmulti -l} tells which there are; {@code postmulti -i
 * NAME -p status} tells whether the master of one lives, by its own means: the master holds a lock on its pid file as long as it lives, so
 * a stale pid file deceives nobody. Only root may ask; for others the connection alone counts. Each SMTP listener in master.cf is an instance, and a connection to it has to be greeted. A master that
 * lives without any SMTP listener is a stopped instance: nobody can bring mail to it; so is a service on port 25 that is commented out or
 * disabled while others are not. Where the master does not answer in time, one that nobody answers for is unknown: nothing is started
 * beside a master that may live.
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

    /** Asked by anybody else, postmulti gives the same status as of a master that is not there. */
    private boolean isRoot() throws InterruptedException {
        return programs.run(List.of("id", "-u"), limit) instanceof Ran.Ended who
                && who.output().strip().equals("0");
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
        return programs.find("postmulti").isPresent()
                && programs.find("postconf").isPresent();
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
                            + "; is there an /etc/postfix/main.cf that this user may read?");
                }
                boolean root = isRoot();
                for (Multi multi : all) {
                    look(multi, root, instances, troubles);
                }
            }
        }
        return new Found(instances, troubles);
    }

    private void look(Multi multi, boolean root, List<Instance> instances, List<String> troubles)
            throws InterruptedException {
        Ran table = programs.run(List.of("postconf", "-c", multi.directory(), "-M"), limit);
        Ran values = programs.run(
                List.of("postconf", "-c", multi.directory(), "-hx", "inet_interfaces", "master_service_disable"),
                limit);
        for (Ran ran : List.of(table, values)) {
            String wrong = wrong(ran);
            if (!wrong.isEmpty()) {
                troubles.add("postfix: " + multi.called() + ": " + wrong);
                return;
            }
        }
        String[] settings = ((Ran.Ended) values).output().split("\n", -1);
        List<PostfixService> services =
                PostfixService.parse(((Ran.Ended) table).output(), settings.length > 1 ? settings[1] : "");
        Master master = root ? master(multi) : Master.HIDDEN;
        if (services.isEmpty()) {
            instances.add(withoutListener(multi, master));
        }
        for (PostfixService service : services) {
            instances.add(instance(multi, service, master, settings[0]));
        }
        if (!services.isEmpty() && services.stream().noneMatch(PostfixService::isPort25)) {
            switchedOff(multi).ifPresent(instances::add);
        }
    }

    /** Mail from elsewhere comes by port 25 alone; {@code postconf -M} does not show a line that is commented out. */
    private Optional<Instance> switchedOff(Multi multi) throws InterruptedException {
        Ran file = programs.run(List.of("cat", multi.directory() + "/master.cf"), limit);
        if (!(file instanceof Ran.Ended(int status, String table, String _)) || status != 0) {
            return Optional.empty();
        }
        return PostfixService.switchedOff(table)
                .map(name -> of(
                        multi,
                        multi.called() + "/" + name,
                        InstanceState.STOPPED,
                        "its smtpd service is switched off: commented out in " + multi.directory()
                                + "/master.cf, or disabled by master_service_disable",
                        List.of()));
    }

    private static String wrong(Ran ran) {
        return switch (ran) {
            case Ran.NotRun(String why) -> why;
            case Ran.Ended ended -> ended.status() == 0 ? "" : "postconf " + ended.told();
        };
    }

    private Master master(Multi multi) throws InterruptedException {
        Ran status = programs.run(List.of("postmulti", "-i", multi.name(), "-p", "status"), limit);
        return switch (status) {
            case Ran.NotRun _ -> Master.SILENT;
            case Ran.Ended ended -> ended.status() == 0 ? Master.LIVES : Master.GONE;
        };
    }

    /** To start the master would not help, nor to let it read the table again. */
    private static Instance withoutListener(Multi multi, Master master) {
        String detail = master.words + multi.directory() + "/master.cf has no smtpd service that is switched on";
        return of(multi, multi.called(), InstanceState.STOPPED, detail, List.of());
    }

    private Instance instance(Multi multi, PostfixService service, Master master, String interfaces) {
        String name = multi.called() + "/" + service.name();
        List<String> start = List.of("postmulti", "-i", multi.name(), "-p", master.remedy);
        Listener listener = service.listener(interfaces, names);
        if (master == Master.GONE) {
            return of(multi, name, InstanceState.STOPPED, "the master is not there", start);
        }
        if (listener == null) {
            String detail = "nobody knows the port of '" + service.name() + "'";
            return of(multi, name, InstanceState.UNKNOWN, detail, List.of());
        }
        Listener.Answer asked = listener.ask(limit);
        Listener.Answer answer = master == Master.SILENT ? asked.unlessStopped(asked.words()) : asked;
        String detail = listener + (answer.words().isEmpty() ? "" : ": " + master.words + answer.words());
        return of(multi, name, answer.state(), detail, answer.state() == InstanceState.STOPPED ? start : List.of());
    }

    private static Instance of(Multi multi, String name, InstanceState state, String detail, List<String> start) {
        return new Instance(
                NAME,
                name,
                InstanceProtocol.SMTP,
                state,
                detail + (multi.enabled() ? "" : " (disabled: multi_instance_enable = no)"),
                multi.enabled(),
                multi.enabled() ? start : List.of());
    }

    /** What is known of an instance's master, how to say so, and what helps when nobody listens. */
    private enum Master {
        /** Its table has a service that nobody listens for: it has not read that table yet. */
        LIVES("the master lives, but ", "reload"),
        GONE("the master is not there, and ", "start"),
        /** It was asked, and there was no answer in time. */
        SILENT("the master does not answer, and ", ""),
        /** Only root may ask. */
        HIDDEN("", "start");

        private final String words;
        private final String remedy;

        Master(String words, String remedy) {
            this.words = words;
            this.remedy = remedy;
        }
    }
}
