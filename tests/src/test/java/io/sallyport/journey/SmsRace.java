package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** Many people on two nodes ask for a message at the same instant; the provider counts. */
final class SmsRace {

    private static final int NUMBER = 14;
    private static final int FIRST = 1001;
    private static final AtomicInteger RANGES = new AtomicInteger(1000);

    private final TwoNodes nodes;
    private final Twilio twilio;

    SmsRace(TwoNodes nodes, Twilio twilio) {
        this.nodes = nodes;
        this.twilio = twilio;
    }

    /** Numbers of one range: no more than its cap. */
    void oneRange(int people, int cap) throws Exception {
        String range = range();
        race(people, Map.of("mfa.sms.prefix-cap", String.valueOf(cap)), range, 1);

        assertThat(sent(range)).isBetween(1L, (long) cap);
    }

    /** Numbers far from each other: no more than the realm may have in a day. */
    void oneDay(int people, int cap) throws Exception {
        String range = "+49175";
        race(people, Map.of("mfa.sms.day-cap", String.valueOf(cap)), range, 10_007);

        assertThat(sent(range)).isBetween(1L, (long) cap);
    }

    /** One number for all of them: one message. */
    void oneNumber(int people) throws Exception {
        String range = range();
        race(people, Map.of(), range, 0);

        assertThat(sent(range)).isEqualTo(1);
    }

    private void race(int people, Map<String, String> caps, String range, int step) throws Exception {
        Map<String, String> settings = new LinkedHashMap<>(caps);
        settings.put("mfa.methods", "SMS_OTP");
        settings.put("mfa.sms.address-cap", "10000");
        MfaRealm first = MfaRealm.setUp(nodes.first(), settings, Rules.FOR_ALL);
        MfaRealm second = first.on(nodes.second());
        List<Callable<Page>> tasks = new ArrayList<>();
        for (int i = 0; i < people; i++) {
            MfaRealm node = i % 2 == 0 ? first : second;
            String number = range + ("%0" + (NUMBER - range.length()) + "d").formatted(FIRST + i * step);
            SmsPhone phone = new SmsPhone(number, twilio, node.server().database());
            Page numbered = phone.enter(node.password(new Browser(), node.web().signIn(), first.newcomer()), number);
            tasks.add(() -> phone.send(numbered));
        }
        Together.run(tasks);
    }

    private long sent(String range) {
        return twilio.all().stream()
                .filter(message -> message.to().startsWith(range))
                .count();
    }

    /** Ten thousand German mobile numbers that nobody else of the test has. */
    private static String range() {
        return "+49170" + RANGES.incrementAndGet();
    }
}
