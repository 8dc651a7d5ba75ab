package org.mailsonar.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One running systemd that manages the units it is given and nothing else, in namespaces of its own: what runs on the machine it neither
 * knows nor touches. {@link #close} ends every process inside and removes the files; a Java machine that dies takes the processes along
 * too. Several labs may run side by side.
 */
public final class SystemdLab implements AutoCloseable {

    private static final String READY = "ready.service";

    private final Path directory;
    private final Namespace namespace;
    private final long first;

    private SystemdLab(Path directory, Namespace namespace) {
        this.directory = directory;
        this.namespace = namespace;
        this.first = namespace
                .running("systemd")
                .mapToLong(ProcessHandle::pid)
                .min()
                .orElseThrow(() -> new IllegalStateException("systemd is gone"));
    }

    /**
     * Starts one in a new directory and returns when it has reached its target.
     *
     * @param units their files by their names; {@code LAB} stands for the lab's directory. Dependencies that systemd adds by itself are not
     *     there, so a unit says {@code DefaultDependencies=no}
     * @param wanted the units that the target wants, so that they are started with it
     */
    public static SystemdLab start(Map<String, String> units, List<String> wanted) throws IOException {
        long number = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
        Path directory = Path.of("/var/tmp", "mailsonar-systemd-" + Long.toString(number, 36));
        Path place = Files.createDirectories(directory.resolve("units"));
        Map<String, String> all = new TreeMap<>(units);
        all.put("lab.target", "[Unit]\nDescription=Lab\nWants=" + READY + " " + String.join(" ", wanted) + "\n");
        all.put(READY, """
                [Unit]
                DefaultDependencies=no
                After=lab.target
                [Service]
                Type=oneshot
                ExecStart=/bin/sh -c 'echo ready >LAB/ready'
                """);
        for (Map.Entry<String, String> unit : all.entrySet()) {
            Files.writeString(place.resolve(unit.getKey()), unit.getValue().replace("LAB", directory.toString()));
        }
        return new SystemdLab(directory, Namespace.start("systemd-lab", directory, true));
    }

    /** Where its files are. */
    public Path directory() {
        return directory;
    }

    /** Runs a command inside, as root, whatever its exit status. */
    public Command run(String... words) {
        return Command.run(Command.words(inside(), words));
    }

    /** What stands before a command to run it inside, as root. systemd answers nobody whose process it cannot see. */
    public List<String> inside() {
        return List.of("nsenter", "--mount", "--pid", "--net", "--target", Long.toString(first), "--");
    }

    @Override
    public void close() {
        namespace.close();
    }
}
