package org.mailsonar.probe;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Who may read and change files of keys and passwords. Stateless and thread-safe. */
public final class SecretFiles {

    private SecretFiles() {}

    /**
     * Whether others than its owner may read or change a file. One case is allowed: a file of root's that a group may read (mode 0640),
     * which is how a secret is given to a service that shall not be able to change it. Where the file system knows no permissions, no
     * file is open to others.
     *
     * @throws IOException when they cannot be asked for
     */
    public static boolean isOpenToOthers(Path file) throws IOException {
        Set<PosixFilePermission> permissions = permissions(file);
        if (permissions.contains(PosixFilePermission.OTHERS_READ)
                || permissions.contains(PosixFilePermission.OTHERS_EXECUTE)
                || permissions.contains(PosixFilePermission.GROUP_EXECUTE)
                || isChangeable(permissions)) {
            return true;
        }
        // The number: to ask for the owner's name could mean to ask a directory server.
        return permissions.contains(PosixFilePermission.GROUP_READ)
                && !Integer.valueOf(0).equals(Files.getAttribute(file, "unix:uid"));
    }

    /**
     * Whether others than its owner may change a file.
     *
     * @throws IOException when its permissions cannot be asked for
     */
    static boolean isChangeableByOthers(Path file) throws IOException {
        return isChangeable(permissions(file));
    }

    private static boolean isChangeable(Set<PosixFilePermission> permissions) {
        return permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE);
    }

    private static Set<PosixFilePermission> permissions(Path file) throws IOException {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? Files.getPosixFilePermissions(file)
                : Set.of();
    }
}
