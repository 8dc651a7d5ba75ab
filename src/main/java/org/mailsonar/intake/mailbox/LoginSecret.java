package org.mailsonar.intake.mailbox;

/** What proves who logs in: a password, or an access token. Used by one thread. */
interface LoginSecret {

    /** The secret to be sent now. */
    String get() throws MailboxTrouble;

    /** The server has refused it: whether another one may be got that is worth a try. */
    boolean renew();

    /** Opens something with a secret. */
    interface Opening<T> {
        T with(String secret) throws MailboxTrouble;
    }

    /** Opens with the secret, and where that is refused once more with another one if there can be one. */
    default <T> T open(Opening<T> opening) throws MailboxTrouble {
        try {
            return opening.with(get());
        } catch (MailboxTrouble refused) {
            if (refused.kind() == MailboxTrouble.Kind.LOGIN && renew()) {
                return opening.with(get());
            }
            throw refused;
        }
    }

    /** A password, which is always the same. */
    static LoginSecret password(String password) {
        return new LoginSecret() {
            @Override
            public String get() {
                return password;
            }

            @Override
            public boolean renew() {
                return false;
            }
        };
    }
}
