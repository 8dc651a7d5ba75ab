package org.mailsonar.check.protocol;

/**
 * Who logs in.
 *
 * @param user the account; not empty, without controls
 * @param password its password, without controls; never shown
 * @param isAnonymous whether there is nothing secret about it, because the password is the one that everybody uses
 */
public record Login(String user, String password, boolean isAnonymous) {

    public Login {
        if (user.isEmpty() || hasControl(user)) {
            throw new IllegalArgumentException("a user name is not empty and is one line without controls");
        }
        if (hasControl(password)) {
            throw new IllegalArgumentException("the password holds a control character; it is one line");
        }
    }

    /** Somebody with a password of his own. */
    public Login(String user, String password) {
        this(user, password, false);
    }

    /** Nobody in particular, with a mail address in place of a password (RFC 1635). */
    public static Login anonymous(String user) {
        return new Login(user, "mailsonar@", true);
    }

    /** Whether it is the name of nobody in particular: {@code anonymous} or {@code ftp} (RFC 1635). */
    public static boolean isAnonymous(String user) {
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
