package org.mailsonar.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A PostgreSQL for scripts/bench: prints its URL, writes its password into a file, and ends with its standard input. */
final class BenchDatabase {

    private BenchDatabase() {}

    /** Argument: the file for the password. */
    public static void main(String[] arguments) throws IOException {
        try (PostgresLab lab = PostgresLab.start()) {
            Files.writeString(Path.of(arguments[0]), lab.password());
            System.out.println(lab.newDatabase());
            System.out.flush();
            while (System.in.read() >= 0) {
                // until whoever measures is through
            }
        }
    }
}
