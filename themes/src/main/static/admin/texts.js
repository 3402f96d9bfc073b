/** Texts in the person's language, as the server gave them, and times as that language writes them. */
export class Texts {
    #texts;
    #language;

    constructor(texts, language) {
        this.#texts = texts;
        this.#language = language;
    }

    /** The text of a key with its {names} filled in; a key without a text is shown itself, so that nothing is blank. */
    t(key, values = {}) {
        return (this.#texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
    }

    /** The text of a value of the server, such as a method; the value itself if a newer server says what is not known. */
    word(kind, value) {
        return this.#texts[`${kind}.${value}`] ?? String(value);
    }

    time(iso) {
        return iso
            ? new Intl.DateTimeFormat(this.#language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso))
            : this.t('never');
    }

    /** To the second, for the trail. */
    moment(iso) {
        return new Intl.DateTimeFormat(this.#language, { dateStyle: 'short', timeStyle: 'medium' }).format(new Date(iso));
    }

    /** The time of day alone. */
    clock(time) {
        return new Intl.DateTimeFormat(this.#language, { timeStyle: 'medium' }).format(time);
    }

    day(iso) {
        return new Intl.DateTimeFormat(this.#language, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(iso));
    }

    /** So many of a unit, such as "8 hours". */
    span(value, unit) {
        return new Intl.NumberFormat(this.#language, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
    }

    /** So many bytes, in the unit that fits. */
    bytes(value) {
        const [unit, factor] = [['gigabyte', 1e9], ['megabyte', 1e6], ['kilobyte', 1e3]].find(([, size]) => value >= size) ?? ['byte', 1];
        return new Intl.NumberFormat(this.#language, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value / factor);
    }

    number(value) {
        return new Intl.NumberFormat(this.#language).format(value);
    }
}
