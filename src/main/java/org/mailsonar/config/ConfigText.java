package org.mailsonar.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** The text of a configuration file: UTF-8, and of a size that a person could have written. */
final class ConfigText {

    /** Room for more than 100,000 targets. */
    static final int LONGEST = 32 * 1024 * 1024;

    private ConfigText() {}

    static String read(Path file) throws ConfigException {
        byte[] bytes = bytes(file);
        if (bytes.length > LONGEST) {
            throw new ConfigException(file + ": is longer than 32 MiB, so it is no configuration; name another file");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException otherCharset) {
            throw ConfigException.at(file, firstOtherLine(bytes), "", "this is not UTF-8; save the file as UTF-8");
        }
    }

    /** The line, from 1, on which a character of a text stands. */
    static int line(String text, int codePoints) {
        int end = text.offsetByCodePoints(0, Math.min(codePoints, text.codePointCount(0, text.length())));
        return 1 + (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
    }

    private static byte[] bytes(Path file) throws ConfigException {
        try (InputStream input = Files.newInputStream(file)) {
            return input.readNBytes(LONGEST + 1);
        } catch (NoSuchFileException missing) {
            throw new ConfigException(file + ": there is no such file; name one with --config");
        } catch (AccessDeniedException forbidden) {
            throw new ConfigException(
                    file + ": user " + System.getProperty("user.name", "?") + " may not read it; give it read access");
        } catch (IOException unreadable) {
            throw new ConfigException(file
                    + (Files.isDirectory(file)
                            ? ": is a directory; name the file in it"
                            : ": cannot be read (" + unreadable + "); name another file"));
        }
    }

    /** Each line of UTF-8 is UTF-8 by itself, so the first that is not is where the trouble is. */
    private static int firstOtherLine(byte[] bytes) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                if (!isUtf8(Arrays.copyOfRange(bytes, start, i))) {
                    return line;
                }
                start = i + 1;
                line++;
            }
        }
        return line;
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException otherCharset) {
            return false;
        }
    }
}
