package org.mailsonar.probe;

/** What the check of a token found. Texts are for logs and hold nothing of an unproven token. */
public sealed interface Verification {

    /** One line for people. */
    String text();

    /**
     * Signed by a trusted key, within its time, for one of our addresses.
     *
     * @param token what it states
     * @param signed the token itself, as it travels
     */
    record Valid(ProbeToken token, String signed) implements Verification {
        @Override
        public String text() {
            return "probe " + token.id() + " is authentic";
        }
    }

    /** There is no token. */
    record Missing() implements Verification {
        @Override
        public String text() {
            return "no probe token in the message";
        }
    }

    /** Not of a token's form, or signed and yet unreadable. */
    record Malformed(String why) implements Verification {
        @Override
        public String text() {
            return "malformed probe token: " + why;
        }
    }

    /** It names a key that is not trusted here. */
    record UnknownKey() implements Verification {
        @Override
        public String text() {
            return "the probe token is signed with a key that is not trusted here";
        }
    }

    /** It names a trusted key, and that key did not sign it. */
    record Forged() implements Verification {
        @Override
        public String text() {
            return "the signature of the probe token is wrong";
        }
    }

    /** Authentic, and outside its time, tolerance included. */
    record Expired(ProbeToken token) implements Verification {
        @Override
        public String text() {
            return "probe " + token.id() + " is outside its time: sent " + token.sent() + ", expires "
                    + token.expires();
        }
    }

    /** Authentic, and meant for another address. */
    record WrongAddress(ProbeToken token) implements Verification {
        @Override
        public String text() {
            return "probe " + token.id() + " is for " + token.to() + ", which is not probed here";
        }
    }
}
