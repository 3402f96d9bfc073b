package io.sallyport.journey;

/** What a grant makes its tokens of, and so what becomes of it in each standing. */
enum GrantKind {

    /** A live session asks for a new token: judged by the rules of now. */
    SESSION {
        @Override
        TokenOutcome in(Standing standing) {
            return switch (standing) {
                case UNASKED, STALE -> TokenOutcome.PLAIN_TOKEN;
                case FRESH -> TokenOutcome.MFA_TOKEN;
                case LOCKED -> TokenOutcome.LOCKED;
                case UNPROVEN, OUTDATED, FACTOR_REMOVED, STRICTER_AT_SIGN_IN, STRICTER_AT_REFRESH ->
                    TokenOutcome.MFA_REQUIRED;
            };
        }
    },

    /** A session goes on: newer rules count only if they say so, and a lock only takes the claims. */
    REFRESH {
        @Override
        TokenOutcome in(Standing standing) {
            return switch (standing) {
                case LOCKED -> TokenOutcome.PLAIN_TOKEN;
                case STRICTER_AT_SIGN_IN -> TokenOutcome.MFA_TOKEN;
                default -> SESSION.in(standing);
            };
        }
    },

    /** Password and code come with the request, whatever any session proved. */
    CODE {
        @Override
        TokenOutcome in(Standing standing) {
            return switch (standing) {
                case STALE, OUTDATED -> TokenOutcome.MFA_TOKEN;
                default -> SESSION.in(standing);
            };
        }
    },

    /** Somebody else's word, in a session of its own, where nothing was proved. */
    WORD {
        @Override
        TokenOutcome in(Standing standing) {
            return switch (standing) {
                case UNASKED -> TokenOutcome.PLAIN_TOKEN;
                case LOCKED -> TokenOutcome.LOCKED;
                default -> TokenOutcome.MFA_REQUIRED;
            };
        }
    },

    /** No person at all. */
    MACHINE {
        @Override
        TokenOutcome in(Standing standing) {
            return TokenOutcome.PLAIN_TOKEN;
        }
    };

    abstract TokenOutcome in(Standing standing);
}
