package org.mailsonar.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.host.HostSettings;
import org.mailsonar.check.host.HostSettings.Queue.Kind;
import org.mailsonar.check.host.Threshold;

/** Reads the lists of {@code host.yaml}: queues, disks, processes, files. Each entry has a name, from which its measures have theirs. */
final class HostLists {

    private static final Map<String, String> QUEUE =
            Map.of("active", "", "held", "", "deferred", "", "incoming", "", "oldest", "s");
    private static final Map<String, String> DISK = Map.of("used", "%", "free", "B", "inodes", "%");
    private static final Map<String, String> FILE = Map.of("count", "", "size", "B", "age", "s", "growth", "B");

    private final Thresholds thresholds;
    private final Set<String> prefixes = new HashSet<>();

    HostLists(Thresholds thresholds) {
        this.thresholds = thresholds;
    }

    List<HostSettings.Queue> queues(@Nullable ConfigNode node) throws ConfigException {
        List<HostSettings.Queue> queues = new ArrayList<>();
        List<ConfigNode> items = node == null ? List.of() : node.list();
        for (ConfigNode item : items) {
            ConfigSection section = item.section(
                    "postfix",
                    "exim",
                    "sendmail",
                    "folder",
                    "name",
                    "active",
                    "held",
                    "deferred",
                    "incoming",
                    "oldest");
            Kind kind = null;
            for (Kind each : Kind.values()) {
                if (section.optional(key(each)) != null) {
                    if (kind != null) {
                        throw item.error(
                                "a queue is one of postfix, exim, sendmail and folder; make two entries of this");
                    }
                    kind = each;
                }
            }
            if (kind == null) {
                throw item.error("whose queue is this? add for example: postfix: /etc/postfix");
            }
            String place = section.required(key(kind), "/etc/postfix").path().toString();
            String prefix = items.size() == 1 ? "queue" : prefix(section, "queue_", key(kind));
            thresholds.readAll(section, prefix + "_", QUEUE);
            queues.add(new HostSettings.Queue(prefix, kind, place));
        }
        return queues;
    }

    private static String key(Kind kind) {
        return switch (kind) {
            case POSTFIX -> "postfix";
            case EXIM -> "exim";
            case SENDMAIL -> "sendmail";
            case FOLDER -> "folder";
        };
    }

    List<HostSettings.Disk> disks(@Nullable ConfigNode node) throws ConfigException {
        List<HostSettings.Disk> disks = new ArrayList<>();
        for (ConfigNode item : node == null ? List.<ConfigNode>of() : node.list()) {
            ConfigSection section = item.section("path", "name", "used", "free", "inodes");
            Path path = section.required("path", "/var").path();
            String prefix = prefix(section, "disk_", called(path));
            thresholds.readAll(section, prefix + "_", DISK);
            disks.add(new HostSettings.Disk(prefix, path));
        }
        return disks;
    }

    private static String called(Path path) {
        String name = path.toString().replaceAll("[^A-Za-z0-9.-]+", "_").replaceAll("^_+|_+$", "");
        return name.isEmpty() ? "root" : name;
    }

    List<String> processes(@Nullable ConfigNode node) throws ConfigException {
        List<String> names = new ArrayList<>();
        for (ConfigNode item : node == null ? List.<ConfigNode>of() : node.list()) {
            ConfigSection section = item.section("name", "atLeast", "atMost");
            String name = section.required("name", "master").as(HostLists::word);
            @Nullable ConfigNode least = section.optional("atLeast");
            @Nullable ConfigNode most = section.optional("atMost");
            if (least == null && most == null) {
                throw item.error("how many are there to be? add for example: atLeast: 1");
            }
            if (!prefixes.add("process_" + name)) {
                throw item.error("this process is here twice; put atLeast and atMost into one entry");
            }
            Double few = least == null ? null : least.as(Amounts.of(""));
            Double many = most == null ? null : most.as(Amounts.of(""));
            if (few != null && many != null && few > many) {
                throw item.error("atLeast is more than atMost");
            }
            thresholds.put("process_" + name, new Threshold(null, many, null, few));
            names.add(name);
        }
        return names;
    }

    List<HostSettings.Files> files(@Nullable ConfigNode node) throws ConfigException {
        List<HostSettings.Files> files = new ArrayList<>();
        for (ConfigNode item : node == null ? List.<ConfigNode>of() : node.list()) {
            ConfigSection section = item.section("path", "name", "must", "count", "size", "age", "growth");
            ConfigNode place = section.required("path", "/var/spool/postfix/core*");
            Path path = place.path();
            @Nullable Path directory = path.getParent();
            if (directory == null || directory.toString().matches(".*[*?].*")) {
                throw place.error("* and ? may stand in the last name only; name the directory");
            }
            String pattern = String.valueOf(path.getFileName());
            String prefix = prefix(section, "file_", called(Path.of(pattern.replaceAll("[*?]", ""))));
            @Nullable ConfigNode must = section.optional("must");
            if (must != null) {
                if (section.optional("count") != null) {
                    throw must.error("must and count say the same; leave one of them");
                }
                thresholds.put(prefix + "_count", must.as(HostLists::must));
            }
            thresholds.readAll(section, prefix + "_", FILE);
            mustExist(prefix);
            files.add(new HostSettings.Files(prefix, directory, pattern));
        }
        return files;
    }

    /** A file that is too old or too small when it is there is not good when it is gone. */
    private void mustExist(String prefix) {
        Threshold age = thresholds.of(prefix + "_age");
        Threshold size = thresholds.of(prefix + "_size");
        boolean wanted = age.warnAbove() != null
                || age.failAbove() != null
                || size.warnBelow() != null
                || size.failBelow() != null;
        if (wanted && thresholds.of(prefix + "_count").equals(Threshold.NONE)) {
            thresholds.put(prefix + "_count", must("exist"));
        }
    }

    private static Threshold must(String text) {
        return switch (text) {
            case "exist" -> new Threshold(null, null, null, 1.0);
            case "not exist" -> new Threshold(null, 0.0, null, null);
            default -> throw new IllegalArgumentException("'" + text + "' is unknown here; write exist or not exist");
        };
    }

    private String prefix(ConfigSection section, String kind, String otherwise) throws ConfigException {
        String name = section.optional("name", HostLists::word, otherwise);
        if (!prefixes.add(kind + name)) {
            throw section.place().error("there are two entries named '" + name + "'; give one of them another name");
        }
        return kind + name;
    }

    /** What can be part of a measure's name. */
    static String word(String text) {
        if (!text.matches("[A-Za-z0-9][A-Za-z0-9._/-]{0,59}")) {
            throw new IllegalArgumentException(
                    "a name is made of letters, digits and . _ / -, at most 60 of them; choose another one");
        }
        return text;
    }
}
