package org.mailsonar.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailsonar.intake.directory.DirectorySettings.Kind;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Reads which directories are watched. The line of the spool is read by a shell script as well, with no more than a comparison of
 * characters, so it has one form: {@code spool: /var/spool/mailsonar}.
 */
final class WatchReader {

    private static final String FORM =
            "a shell script reads this line too, so it has one form: spool: /var/spool/mailsonar, an absolute path of the"
                    + " characters A-Z a-z 0-9 / . _ - behind one blank, without quotes";
    private static final int VALUE_COLUMN = "spool: ".length();

    private WatchReader() {}

    static List<WatchUrl> read(@Nullable ConfigNode spool, @Nullable ConfigNode watch) throws ConfigException {
        List<WatchUrl> places = new ArrayList<>();
        if (spool != null) {
            places.add(spool(spool));
        }
        for (ConfigNode item : watch == null ? List.<ConfigNode>of() : watch.list()) {
            WatchUrl url = item.as(WatchUrl::parse);
            Path directory = item.resolve(url.directory());
            if (places.stream().anyMatch(place -> place.directory().equals(directory))) {
                throw item.error(
                        "this directory is watched already, so each of its mails would be taken twice; remove it");
            }
            places.add(new WatchUrl(url.kind(), directory));
        }
        return List.copyOf(places);
    }

    private static WatchUrl spool(ConfigNode node) throws ConfigException {
        String text = node.text();
        boolean plain = node.node() instanceof ScalarNode scalar
                && scalar.getScalarStyle() == ScalarStyle.PLAIN
                && scalar.getStartMark()
                        .map(mark -> mark.getColumn() == VALUE_COLUMN)
                        .orElse(true);
        boolean path = text.startsWith("/") && text.chars().allMatch(WatchReader::isPlain);
        if (!plain || !path) {
            throw node.error(FORM);
        }
        return new WatchUrl(Kind.SPOOL, Path.of(text).normalize());
    }

    private static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "/._-".indexOf(c) >= 0;
    }
}
