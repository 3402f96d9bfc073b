package io.sallyport.journey;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One way to a token: a row of the table of grants.
 *
 * @param grant the grant type, as the server names it
 * @param name what is special about it
 * @param inspect whether its access token can be shown to userinfo and introspection
 * @param prepare takes in hand, while all is well, what the token will be asked with
 */
record GrantRow(
        String grant, String name, GrantKind kind, boolean inspect, Function<Guest, Supplier<TokenReply>> prepare) {

    GrantRow(String grant, String name, GrantKind kind, Function<Guest, Supplier<TokenReply>> prepare) {
        this(grant, name, kind, true, prepare);
    }
}
