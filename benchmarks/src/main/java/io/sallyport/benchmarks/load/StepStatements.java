package io.sallyport.benchmarks.load;

import io.sallyport.journey.Tokens;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * The statements and transactions of each step of a sign-in, by one user after the other. What comes less often than once in
 * two sign-ins comes by the clock, and is counted apart.
 *
 * @param users how many
 * @param each whether every statement is printed
 */
record StepStatements(int users, boolean each) {

    private static final List<String> SIGN_IN = List.of("page", "password", "code", "token");

    /** What one step costs; {@code beside} is what came by the clock. */
    private record Cost(double statements, double transactions, double asynchronous, double beside) {
        Cost plus(Cost other) {
            return new Cost(
                    statements + other.statements,
                    transactions + other.transactions,
                    asynchronous + other.asynchronous,
                    beside + other.beside);
        }
    }

    void print(String name, Crowd crowd) throws InterruptedException {
        List<WebSignIn> pages = new ArrayList<>();
        List<Tokens> tokens = new ArrayList<>();
        Map<String, IntConsumer> steps = new LinkedHashMap<>();
        steps.put("page", user -> pages.add(crowd.open()));
        steps.put("password", user -> crowd.password(pages.get(user), user));
        steps.put("code", user -> crowd.code(pages.get(user), user));
        steps.put("token", user -> tokens.add(pages.get(user).tokens()));
        steps.put(
                "refresh",
                user -> pages.get(user)
                        .client()
                        .refresh(tokens.get(user).refresh().orElseThrow())
                        .tokens());
        steps.put(
                "userinfo",
                user -> pages.get(user)
                        .client()
                        .userinfo(tokens.get(user).access())
                        .expect(200));
        steps.put(
                "introspection",
                user -> pages.get(user).client().introspect(tokens.get(user).access()));
        Cost signIn = new Cost(0, 0, 0, 0);
        say("%n%s, %d users, each step by all of them:", name, users);
        for (Map.Entry<String, IntConsumer> step : steps.entrySet()) {
            Cost cost = cost(step.getKey(), step.getValue(), crowd.server().statements());
            if (SIGN_IN.contains(step.getKey())) {
                signIn = signIn.plus(cost);
            }
        }
        say("  %-14s %s", "one sign-in", line(signIn));
    }

    private Cost cost(String name, IntConsumer step, Statements statements) {
        statements.reset();
        for (int user = 0; user < users; user++) {
            step.accept(user);
        }
        double often = 0;
        double beside = 0;
        Map<String, Long> counted = statements.each();
        for (long n : counted.values()) {
            double share = n / (double) users;
            often += share >= 0.5 ? share : 0;
            beside += share >= 0.5 ? 0 : share;
        }
        Cost cost = new Cost(
                often, statements.transactions() / (double) users, statements.asynchronous() / (double) users, beside);
        say("  %-14s %s", name, line(cost));
        if (each) {
            counted.forEach((sql, n) -> say("%10.2f  %s", n / (double) users, sql.replaceAll("\\s+", " ")));
        }
        return cost;
    }

    private static String line(Cost cost) {
        return String.format(
                Locale.ROOT,
                "%5.2f statements  %5.2f transactions, %.2f of them without waiting for the disk;  by the clock %.2f",
                cost.statements(),
                cost.transactions(),
                cost.asynchronous(),
                cost.beside());
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}
