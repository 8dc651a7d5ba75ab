package org.mailsonar.config;

/** This program's version, as returns and {@code --version} show it. */
public final class Programs {

    private Programs() {}

    /** The version of the jar that this class came from; {@code dev} outside a jar. */
    public static String version() {
        String version = Programs.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
