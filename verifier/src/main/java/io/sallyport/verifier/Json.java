package io.sallyport.verifier;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** JSON (RFC 8259), and less: no name stands twice, numbers are whole, and there is no null. */
final class Json {

    private static final int MAX_DEPTH = 16;
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,17})(?![0-9.eE])");

    private final String text;
    private int at;
    private int depth;

    private Json(String text) {
        this.text = text;
    }

    /**
     * The object, of texts, longs, booleans, lists and objects.
     *
     * @throws Unreadable if it is none
     */
    static Map<String, Object> object(String text) {
        Json json = new Json(text);
        json.blank();
        Object value = json.value();
        json.blank();
        if (json.at != text.length()) {
            throw json.unreadable("the end");
        }
        return asObject(value, "JSON object");
    }

    /** What must be an object. */
    static Map<String, Object> asObject(Object value, String wanted) {
        if (!(value instanceof Members members)) {
            throw new Unreadable("no " + wanted);
        }
        return members.byName();
    }

    /** An object within an object. */
    record Members(Map<String, Object> byName) {}

    private Object value() {
        if (++depth > MAX_DEPTH) {
            throw unreadable("less depth");
        }
        Object value = switch (peek()) {
            case '{' -> members();
            case '[' -> elements();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            default -> number();
        };
        depth--;
        return value;
    }

    private Members members() {
        Map<String, Object> members = new LinkedHashMap<>();
        for (boolean more = begins('}'); more; more = goesOn('}')) {
            String name = string();
            blank();
            expect(':');
            blank();
            if (members.put(name, value()) != null) {
                throw unreadable("the name " + name + " once");
            }
        }
        return new Members(members);
    }

    private List<Object> elements() {
        List<Object> elements = new ArrayList<>();
        for (boolean more = begins(']'); more; more = goesOn(']')) {
            elements.add(value());
        }
        return elements;
    }

    private boolean begins(char end) {
        at++;
        blank();
        return !ends(end);
    }

    private boolean goesOn(char end) {
        blank();
        if (ends(end)) {
            return false;
        }
        expect(',');
        blank();
        return true;
    }

    private boolean ends(char end) {
        boolean ends = peek() == end;
        at += ends ? 1 : 0;
        return ends;
    }

    private String string() {
        expect('"');
        int from = at;
        StringBuilder escaped = new StringBuilder(0);
        while (peek() != '"') {
            char next = text.charAt(at++);
            if (next < ' ') {
                throw unreadable("no control character");
            }
            if (next == '\\') {
                escaped.append(text, from, at - 1).append(escape());
                from = at;
            }
        }
        String rest = text.substring(from, at++);
        return escaped.isEmpty() ? rest : whole(escaped.append(rest).toString());
    }

    /** Half a character has no UTF-8, so it would be hashed as what stands for any of them. */
    private String whole(String unescaped) {
        if (unescaped
                .codePoints()
                .anyMatch(code -> code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE)) {
            throw unreadable("a whole character before it");
        }
        return unescaped;
    }

    private char escape() {
        char kind = peek();
        at++;
        return switch (kind) {
            case '"', '\\', '/' -> kind;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw unreadable("an escape");
        };
    }

    private char unicode() {
        int code = 0;
        for (int digit = 0; digit < 4; digit++) {
            int value = Character.digit(peek(), 16);
            if (value < 0 || peek() > 'f') {
                throw unreadable("a hexadecimal digit");
            }
            code = code << 4 | value;
            at++;
        }
        return (char) code;
    }

    private Object word(String word, boolean value) {
        if (!text.startsWith(word, at)) {
            throw unreadable(word);
        }
        at += word.length();
        return value;
    }

    private Long number() {
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        if (!number.lookingAt()) {
            throw unreadable("a text, whole number, boolean, list or object");
        }
        at = number.end();
        return Long.valueOf(number.group());
    }

    private void blank() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw unreadable("'" + wanted + "'");
        }
        at++;
    }

    private char peek() {
        if (at >= text.length()) {
            throw unreadable("more");
        }
        return text.charAt(at);
    }

    private Unreadable unreadable(String wanted) {
        return new Unreadable("at character " + (at + 1) + ", want " + wanted);
    }
}
