package io.sallyport.journey;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** The ways to one user's tokens, each past the password and waiting for a code; whether a code opens them. */
final class Doors {

    private static final int BROWSERS = 20;

    private Doors() {}

    /** First browsers that are past the password, then direct grants. */
    static List<Predicate<String>> of(MfaRealm realm, Member member, int count) {
        List<Predicate<String>> doors = new ArrayList<>();
        for (int i = 0; i < BROWSERS; i++) {
            ChallengePage challenge =
                    realm.password(new Browser(), realm.web().signIn(), member).as(ChallengePage.class);
            doors.add(code -> challenge.answer(code) instanceof Arrived);
        }
        while (doors.size() < count) {
            doors.add(code -> realm.backend()
                    .password(member.username(), Member.PASSWORD, code)
                    .granted());
        }
        return doors;
    }

    /** Tries all of them at the same instant. */
    static List<Boolean> atOnce(List<Predicate<String>> doors, String code) throws Exception {
        List<Callable<Boolean>> attempts = new ArrayList<>();
        doors.forEach(door -> attempts.add(() -> door.test(code)));
        return Together.run(attempts);
    }
}
