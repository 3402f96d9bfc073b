package io.sallyport.factor.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.crypto.Boxes;
import io.sallyport.provider.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SendsTest {

    private static final Duration PAUSE = Duration.ofSeconds(31);

    private final SmsTables tables = new SmsTables();

    SendsTest() throws Exception {}

    @AfterEach
    void drop() {
        tables.close();
    }

    @Test
    @DisplayName("SMS-06: the next message to a user, or to a number, waits for 30 seconds")
    void theNextOneWaits() {
        assertThat(decide(request("ann", "+4915112345678"))).isInstanceOf(SendDecision.Granted.class);

        assertThat(decide(request("ann", "+4915187654321"))).isInstanceOf(SendDecision.Waiting.class);
        assertThat(decide(request("bob", "+4915112345678"))).isInstanceOf(SendDecision.Waiting.class);
        assertThat(decide(request("bob", "+4915187654321"))).isInstanceOf(SendDecision.Granted.class);

        tables.letPass(PAUSE);
        assertThat(decide(request("ann", "+4915112345678"))).isInstanceOf(SendDecision.Granted.class);
    }

    @ParameterizedTest
    @EnumSource(Cap.class)
    @DisplayName("SMS-09: each cap ends the messages that it counts, until its time has passed, and no others")
    void eachCapEndsItsMessages(Cap cap) {
        Map<String, String> caps = new HashMap<>();
        for (Cap each : Cap.values()) {
            caps.put(each.setting().name(), each == cap ? "3" : "90");
        }
        Settings settings = Settings.from(caps);
        List<SendDecision> decisions = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            decisions.add(decide(counted(cap, i), settings));
            tables.letPass(PAUSE);
        }

        assertThat(decisions.subList(0, 3)).allMatch(SendDecision.Granted.class::isInstance);
        assertThat(decisions.subList(3, 5))
                .allSatisfy(decision -> assertThat(decision)
                        .isInstanceOfSatisfying(
                                SendDecision.Capped.class,
                                capped -> assertThat(capped.cap()).isEqualTo(cap)));
        tables.letPass(cap.window());
        assertThat(decide(counted(cap, 9), settings)).isInstanceOf(SendDecision.Granted.class);
    }

    @Test
    @DisplayName("SMS-09: 100 parallel requests for one number are one message")
    void parallelRequestsForOneNumber() throws Exception {
        decide(request("first", "+33612345678"));
        List<SendDecision> decisions =
                together(100, i -> decide(request("user-" + i, "+4915112345678"), Settings.from(Map.of())));

        assertThat(granted(decisions)).isEqualTo(1);
    }

    @Test
    @DisplayName("SMS-09: 100 parallel requests for one range of numbers are as many messages as the cap says")
    void parallelRequestsForOneRange() throws Exception {
        decide(request("first", "+33612345678"));
        List<SendDecision> decisions = together(
                100,
                i -> decide(
                        request("user-" + i, "+4915112" + String.format("%06d", i)),
                        Settings.from(Map.of("mfa.sms.prefix-cap", "7", "mfa.sms.address-cap", "10000"))));

        assertThat(granted(decisions)).isEqualTo(7);
    }

    @Test
    @DisplayName("SMS-09: whoever's address nobody knows can't use up a count that all of them share")
    void unknownAddressesShareNoCount() {
        Settings settings = Settings.from(Map.of("mfa.sms.address-cap", "1"));

        for (int i = 0; i < 3; i++) {
            SendRequest unknown = new SendRequest(
                    "realm",
                    "user-" + i,
                    UUID.randomUUID().toString(),
                    PhoneNumber.ofE164("+49151" + i + "2345678"),
                    Optional.empty(),
                    List.of());
            assertThat(decide(unknown, settings)).isInstanceOf(SendDecision.Granted.class);
        }
    }

    @Test
    @DisplayName("SMS-11: the word to a removed number waits for none before it, but counts for the caps")
    void aMessageWithoutACodeCountsToo() {
        Settings settings = Settings.from(Map.of("mfa.sms.user-cap", "2"));
        decide(request("ann", "+4915112345678"), settings);

        assertThat(tell(settings)).isInstanceOf(SendDecision.Granted.class);
        assertThat(tell(settings)).isInstanceOf(SendDecision.Capped.class);
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void oneChallengeNeverGetsTwoMessages() {
        SendRequest once = request("ann", "+4915112345678");
        decide(once);
        tables.letPass(PAUSE);

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> decide(once)))
                .isNotNull();
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void whoIsRefusedIsNotCounted() {
        Settings settings = Settings.from(Map.of("mfa.sms.user-cap", "1"));
        decide(request("ann", "+4915112345678"), settings);
        decide(request("ann", "+4915112345678"), settings);
        tables.letPass(PAUSE);
        decide(request("ann", "+4915112345678"), settings);

        assertThat(rows()).isEqualTo(1);
    }

    @Test
    @DisplayName("SMS-18: the table holds no number, only its keyed hash and its end")
    void theTableHoldsNoNumber() {
        decide(request("ann", "+4915112345678"));

        Object[] row = (Object[]) tables.call(em -> em.createNativeQuery("select * from MFA_SMS_SEND", Object[].class)
                .getSingleResult());
        assertThat(row).noneMatch(value -> String.valueOf(value).contains("15112345"));
        assertThat(row).contains("••••••78");
    }

    @Test
    void messagesAreForgottenAfterAWeek() {
        decide(request("ann", "+4915112345678"));
        tables.letPass(Duration.ofDays(8));
        decide(request("bob", "+4915187654321"));

        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void theMessageBeforeIsKnownWhileItsVerificationLives() {
        SendDecision.Granted first = (SendDecision.Granted) decide(request("ann", "+4915112345678"));
        tables.run(em -> new SendOutcomes(em).sent(first.sendId(), new Delivery.Sent("VE1")));
        tables.letPass(PAUSE);

        assertThat(decide(request("ann", "+4915112345678")))
                .isInstanceOfSatisfying(
                        SendDecision.Granted.class,
                        granted -> assertThat(granted.replaces()).contains("VE1"));
        tables.letPass(Duration.ofMinutes(11));
        assertThat(decide(request("ann", "+4915112345678")))
                .isInstanceOfSatisfying(
                        SendDecision.Granted.class,
                        granted -> assertThat(granted.replaces()).isEqualTo(Optional.empty()));
    }

    @Test
    void removingTheUserLiftsNoCap() {
        Settings settings = Settings.from(Map.of("mfa.sms.number-cap", "1"));
        decide(request("ann", "+4915112345678"), settings);
        tables.run(em -> new SendOutcomes(em).forgetUser("realm", "ann"));
        tables.letPass(PAUSE);

        assertThat(decide(request("bob", "+4915112345678"), settings)).isInstanceOf(SendDecision.Capped.class);
    }

    private SendDecision decide(SendRequest request) {
        return decide(request, Settings.from(Map.of()));
    }

    private SendDecision decide(SendRequest request, Settings settings) {
        return tables.call(em -> new Sends(em, Boxes.keyed()).decide(request, settings));
    }

    private SendDecision tell(Settings settings) {
        return tables.call(
                em -> new Sends(em, Boxes.keyed()).decideTelling(request("ann", "+4915112345678"), settings));
    }

    private long rows() {
        return tables.call(em ->
                em.createQuery("select count(s) from MfaSmsSend s", Long.class).getSingleResult());
    }

    /** The i-th request that only this cap counts together with the others. */
    private static SendRequest counted(Cap cap, int i) {
        String number = cap == Cap.NUMBER || cap == Cap.USER
                ? "+4915112345678"
                : cap == Cap.PREFIX ? "+491511234567" + i : "+49151" + i + "2345678";
        return new SendRequest(
                "realm",
                cap == Cap.USER ? "ann" : "user-" + i,
                UUID.randomUUID().toString(),
                PhoneNumber.ofE164(number),
                Optional.of(cap == Cap.ADDRESS ? "192.0.2.1" : "192.0.2." + (10 + i)),
                cap == Cap.TENANT ? List.of("acme", "other-" + i) : List.of("org-" + i));
    }

    private static SendRequest request(String user, String number) {
        return new SendRequest(
                "realm",
                user,
                UUID.randomUUID().toString(),
                PhoneNumber.ofE164(number),
                Optional.of("192.0.2.1"),
                List.of());
    }

    private static long granted(List<SendDecision> decisions) {
        return decisions.stream().filter(SendDecision.Granted.class::isInstance).count();
    }

    private static List<SendDecision> together(int many, java.util.function.IntFunction<SendDecision> work)
            throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        CountDownLatch start = new CountDownLatch(1);
        try {
            List<Future<SendDecision>> answers = IntStream.range(0, many)
                    .mapToObj(i -> threads.submit(() -> {
                        start.await();
                        return work.apply(i);
                    }))
                    .toList();
            start.countDown();
            List<SendDecision> decisions = new ArrayList<>();
            for (Future<SendDecision> answer : answers) {
                decisions.add(answer.get());
            }
            return decisions;
        } finally {
            threads.shutdownNow();
        }
    }
}
