package io.sallyport.provider;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The settings of what is told of events; where a target may be, and what signs for it, is the operator's business. */
public final class EventsSetting {

    private static final int MOST = 20;
    private static final int DIGEST_BYTES = 3;
    private static final int MOST_STAGES = 5;
    private static final int LONGEST_STAGE = 90;
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]?");
    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,255}");

    private static final Pattern WEB = Pattern.compile(
            "(?<scheme>[A-Za-z][A-Za-z0-9+.-]*://)([^/?#]*@)?(?<host>[^/?#@]*)(?<rest>.*)", Pattern.DOTALL);

    public static final ConfigKey<Boolean> LOG = new ConfigKey<>(
            "mfa.events.log",
            "Events in the log",
            "Whether each event is a line of JSON in the server's log, in the category io.sallyport.events.",
            "false",
            OneOf.BOOL);

    public static final ConfigKey<Optional<URI>> WEBHOOK_URL = new ConfigKey<>(
            "mfa.events.webhook.url",
            "Address of the webhook",
            "Where events are posted to as CloudEvents, signed; empty means nowhere. The operator of the server says which"
                    + " targets are allowed.",
            "",
            EventsSetting::target);

    public static final ConfigKey<Set<String>> OFFICERS = new ConfigKey<>(
            "mfa.events.officers",
            "Security officers",
            "Mail addresses, separated by commas, that are told of locks and of changes of the policy and the settings.",
            "",
            EventsSetting::addresses);

    public static final ConfigKey<List<Integer>> REMINDER_DAYS = new ConfigKey<>(
            "mfa.events.reminder-days",
            "Reminders of exceptions (days)",
            "How many days before the end of an exception its owner is reminded by mail, separated by commas, each 1 to 90; 0"
                    + " means never. Officers are told where there is no owner with an address.",
            "14,3",
            EventsSetting::stages);

    private EventsSetting() {}

    /** An address without what follows its host, where a token may stand as well as in a query; another text is what it is. */
    public static String hostOnly(String address) {
        Matcher web = WEB.matcher(address);
        if (!web.matches()) {
            return address;
        }
        String rest = web.group("rest");
        return web.group("scheme") + web.group("host") + (rest.isEmpty() || rest.equals("/") ? rest : "/***");
    }

    /** What a setting says, as it may stand on a record that others read. */
    public static String forTheRecord(String name, String text) {
        return WEBHOOK_URL.name().equals(name) ? hostAndDigest(text) : text;
    }

    /** Its host, and of what follows so much that a change shows: many a receiver lets in whoever knows its path. */
    private static String hostAndDigest(String address) {
        String shown = hostOnly(address);
        return shown.equals(address) ? address : shown + " sha256:" + digest(address);
    }

    /** So short that of all secrets there could be, very many fit. */
    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }

    /** All of them, in the order of the documentation. */
    static List<ConfigKey<?>> all() {
        return List.of(LOG, WEBHOOK_URL, OFFICERS, REMINDER_DAYS);
    }

    /** Without a user, which would be a secret in the database, and without a fragment, which is never sent. */
    private static Optional<URI> target(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text).parseServerAuthority();
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException noAddress) {
            // as below
        }
        throw new IllegalArgumentException("an https address without a user and without a fragment");
    }

    private static List<Integer> stages(String text) {
        Set<Integer> days = new TreeSet<>(Comparator.reverseOrder());
        for (String number : text.equals("0") ? new String[0] : text.split(",", -1)) {
            if (!NUMBER.matcher(number.strip()).matches()
                    || Integer.parseInt(number.strip()) > LONGEST_STAGE
                    || !days.add(Integer.valueOf(number.strip()))
                    || days.size() > MOST_STAGES) {
                throw new IllegalArgumentException("0, or at most " + MOST_STAGES + " numbers of days from 1 to "
                        + LONGEST_STAGE + ", each of them once, separated by commas");
            }
        }
        return List.copyOf(days);
    }

    private static Set<String> addresses(String text) {
        if (text.isEmpty()) {
            return Set.of();
        }
        Set<String> addresses = new LinkedHashSet<>();
        for (String address : text.split(",", -1)) {
            if (!ADDRESS.matcher(address.strip()).matches() || !addresses.add(address.strip())) {
                throw new IllegalArgumentException("mail addresses, each of them once, separated by commas");
            }
        }
        if (addresses.size() > MOST) {
            throw new IllegalArgumentException("at most " + MOST + " mail addresses");
        }
        return Set.copyOf(addresses);
    }
}
