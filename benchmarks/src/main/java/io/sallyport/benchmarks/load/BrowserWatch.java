package io.sallyport.benchmarks.load;

/** What runs in a page of the console before anything else of it: it notes when what a screen is opened for is there. */
final class BrowserWatch {

    /**
     * {@code watch.wanted} says when a screen is there, {@code watch.first} and {@code watch.there} when anything of ours
     * stood in it, and what it is for; milliseconds since the document began.
     */
    static final String SCRIPT = """
            window.watch = { wanted: undefined, first: undefined, there: undefined };
            performance.setResourceTimingBufferSize(5000);
            window.look = () => {
                if (!watch.wanted || watch.there !== undefined) return;
                const shown = [...document.querySelectorAll('.mfa-body > *, .mfa-panel > * > *')];
                if (watch.first === undefined && shown.some(one => !one.matches('.mfa-skeleton'))) watch.first = performance.now();
                if (document.querySelector(watch.wanted)) watch.there = performance.now();
            };
            window.want = selector => Object.assign(watch, { wanted: selector, first: undefined, there: undefined });
            new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true });
            """;

    /** As if somebody clicked on the way to a screen, from another one. */
    static final String CLICK = """
            const [link, wanted] = arguments;
            performance.clearResourceTimings();
            const way = document.querySelector(link);
            want(wanted);
            watch.clicked = performance.now();
            way.click();
            """;

    /** What it came to: times, what was asked of us, and how much stands there. */
    static final String RESULT = """
            const all = performance.getEntriesByType('resource');
            const asked = all.filter(one => /\\/admin\\/realms\\/[^/]+\\/mfa\\//.test(one.name));
            const size = one => one.decodedBodySize;
            const greatest = asked.reduce((most, one) => !most || size(one) > size(most) ? one : most, undefined);
            return JSON.stringify({
                origin: performance.timeOrigin, first: watch.first, there: watch.there, clicked: watch.clicked,
                requests: asked.length, bytes: asked.reduce((sum, one) => sum + size(one), 0),
                greatest: greatest ? size(greatest) : 0, from: greatest ? new URL(greatest.name).pathname.replace(/.*\\/mfa\\//, '') : '',
                elsewhere: all.filter(one => new URL(one.name).origin !== location.origin).length,
                last: asked.reduce((end, one) => Math.max(end, one.responseEnd), watch.clicked ?? 0),
                rows: document.querySelectorAll('mfa-realm-page tr, mfa-realm-page li, mfa-user-panel tr, mfa-user-panel li').length,
            });
            """;

    private BrowserWatch() {}
}
