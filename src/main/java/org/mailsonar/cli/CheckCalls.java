package org.mailsonar.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.ParseException;
import org.mailsonar.config.ConfigException;

/**
 * Answers calls of {@code mailsonar check}: what the caller's own program would print, byte by byte, or nothing. It is nothing wherever that one
 * has something that this one has not: another version, its environment, its standard input, its words for a mistake. Thread-safe.
 *
 * @param program the stamp of the files that this program is made of
 */
record CheckCalls(String program) implements ResidentChecker.CallAnswerer {

    private static final int LONGEST = 1024 * 1024;
    private static final int MOST_URLS = 20;

    /** Only the caller can tell. */
    static final class NotHereException extends Exception {

        private static final long serialVersionUID = 1L;

        NotHereException() {
            super("only the caller can tell", null, false, false);
        }
    }

    @Override
    public byte[] answer(HandedCall call)
            throws NotHereException, ParseException, Command.UsageException, ConfigException, InterruptedException {
        CommandLine line = Command.parse(Command.allOptions(new CheckCommand()), call.words());
        require(call.program().equals(program));
        require(!line.hasOption("help") && !line.hasOption("resident") && !line.hasOption("file"));
        require(line.getArgList().size() <= MOST_URLS);
        require(call.words().stream().noneMatch(word -> word.contains("passwordEnv")));
        Output output = new Output();
        // Unsure, it is UTF-8 of which only ASCII is taken.
        Charset charset = call.charset() == 'a' ? StandardCharsets.US_ASCII : StandardCharsets.UTF_8;
        PrintStream results = new PrintStream(output, false, charset);
        PrintStream messages = new PrintStream(OutputStream.nullOutputStream(), false, charset);
        int status = CheckCommand.run(line, new CallersFiles(call.directory()), new Terminal(results, messages));
        results.flush();
        require(output.size() < LONGEST && (call.charset() != '?' || output.isAscii()));
        return ResidentChecker.answer(status, output.toByteArray());
    }

    private static void require(boolean isKnownHere) throws NotHereException {
        if (!isKnownHere) {
            throw new NotHereException();
        }
    }

    /** Takes no more than the longest answer; one that is as long is none. */
    private static final class Output extends ByteArrayOutputStream {

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, Math.min(length, LONGEST - count));
        }

        synchronized boolean isAscii() {
            for (int i = 0; i < count; i++) {
                if (buf[i] < 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
