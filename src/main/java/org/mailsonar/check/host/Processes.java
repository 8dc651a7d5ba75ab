package org.mailsonar.check.host;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import oshi.SystemInfo;
import oshi.software.os.OSProcess;

/** How many processes there are of each name. One that is dead and only not buried yet (a zombie) does not count. */
final class Processes implements HostPart {

    /** Linux keeps so much of a name. */
    private static final int LONGEST = 15;

    private final SystemInfo system;

    Processes(SystemInfo system) {
        this.system = system;
    }

    @Override
    public String name() {
        return "processes";
    }

    @Override
    public void look(Round round) {
        List<String> names = round.settings().processes();
        if (names.isEmpty()) {
            return;
        }
        Map<String, Integer> counts = new HashMap<>();
        Map<String, Integer> cut = new HashMap<>();
        for (OSProcess process : system.getOperatingSystem().getProcesses()) {
            if (process.getState() != OSProcess.State.ZOMBIE) {
                String program = program(process.getPath());
                counts.merge(process.getName(), 1, Integer::sum);
                if (!program.equals(process.getName())) {
                    counts.merge(program, 1, Integer::sum);
                }
                if (process.getName().length() == LONGEST && !program.startsWith(process.getName())) {
                    cut.merge(process.getName(), 1, Integer::sum);
                }
            }
        }
        for (String name : names) {
            int whole = counts.getOrDefault(name, 0);
            int begun = name.length() > LONGEST ? cut.getOrDefault(name.substring(0, LONGEST), 0) : 0;
            round.measure("process_" + name, whole + begun, "");
        }
    }

    /**
     * Linux cuts a process's name after 15 characters; the program's file has the whole one, where it may be seen and is not that of an
     * interpreter. Else the beginning has to do.
     */
    private static String program(String path) {
        int slash = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
        return path.substring(slash + 1);
    }
}
