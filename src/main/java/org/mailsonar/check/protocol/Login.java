package org.mailsonar.check.protocol;

/**
 * Who logs in.
 *
 * @param user the account; not empty, without controls
 * @param password its password, without controls; never shown
 */
public record Login(String user, String password) {

    public Login {
        if (user.isEmpty() || hasControl(user)) {
            throw new IllegalArgumentException("a user name is not empty and is one line without controls");
        }
        if (hasControl(password)) {
            throw new IllegalArgumentException("the password holds a control character; it is one line");
        }
    }

    /** Whether there is nothing secret about it: {@code anonymous} or {@code ftp} (RFC 1635). */
    public boolean isAnonymous() {
        return user.equalsIgnoreCase("anonymous") || user.equalsIgnoreCase("ftp");
    }

    @Override
    public String toString() {
        return user + " (password not shown)";
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }
}
