package io.sallyport.journey;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/** Signs its own members in, with right, wrong and used codes, whatever happens to the servers, and writes down what it saw. */
final class Guesser implements Callable<List<Attempt>> {

    /** One less than what would lock, also where an answer was lost that had counted. */
    private static final int MAX_FAILURES = 4;

    private final List<MfaRealm> nodes;
    private final List<Member> members;
    private final BooleanSupplier goesOn;
    private final Random random = new Random();
    private final Map<Member, Long> lastStep = new HashMap<>();
    private final Map<Member, Integer> failures = new HashMap<>();
    private final List<Attempt> attempts = new ArrayList<>();

    Guesser(List<MfaRealm> nodes, List<Member> members, BooleanSupplier goesOn) {
        this.nodes = nodes;
        this.members = members;
        this.goesOn = goesOn;
    }

    @Override
    public List<Attempt> call() {
        while (goesOn.getAsBoolean()) {
            guess(members.get(random.nextInt(members.size())));
        }
        return attempts;
    }

    private void guess(Member member) {
        long now = member.phone().currentStep();
        long last = lastStep.getOrDefault(member, Long.MIN_VALUE);
        boolean mayFail = failures.getOrDefault(member, 0) < MAX_FAILURES;
        if (last < now && (random.nextInt(3) > 0 || !mayFail)) {
            lastStep.put(member, now);
            send(member, now, member.phone().codeAt(now));
        } else if (mayFail) {
            boolean used = last > now - 1 && random.nextBoolean();
            send(
                    member,
                    used ? last : Attempt.WRONG,
                    used ? member.phone().codeAt(last) : member.phone().wrongCode());
        } else {
            Thread.onSpinWait();
        }
    }

    private void send(Member member, long step, String code) {
        String correlation = UUID.randomUUID().toString();
        Attempt.Answer answer = answer(member, code, correlation);
        attempts.add(new Attempt(correlation, member, step, answer));
        if (answer == Attempt.Answer.GRANTED) {
            failures.remove(member);
        } else {
            failures.merge(member, 1, Integer::sum);
        }
    }

    private Attempt.Answer answer(Member member, String code, String correlation) {
        try {
            TokenReply reply = nodes.get(random.nextInt(nodes.size()))
                    .web()
                    .grant(
                            Map.of(
                                    "grant_type",
                                    "password",
                                    "scope",
                                    "openid",
                                    "username",
                                    member.username(),
                                    "password",
                                    Member.PASSWORD,
                                    "totp",
                                    code),
                            Map.of("X-Correlation-Id", correlation));
            if (reply.status() == 200) {
                return Attempt.Answer.GRANTED;
            }
            return reply.status() < 500 ? Attempt.Answer.REFUSED : Attempt.Answer.UNKNOWN;
        } catch (UncheckedIOException gone) {
            return Attempt.Answer.UNKNOWN;
        }
    }
}
