package io.sallyport.journey;

/** What the browser shows; told apart by the fields of its forms, so that texts and languages may change. */
public sealed interface Page
        permits Arrived,
                ChallengePage,
                EnrollTotpPage,
                ErrorPage,
                GracePage,
                KeyPage,
                LockedPage,
                LoginPage,
                OtherPage,
                RecoveryCodesPage,
                SamlPage {

    /** In a few words, for messages. */
    String describe();

    /** This page, which must be of that kind. */
    default <P extends Page> P as(Class<P> kind) {
        if (!kind.isInstance(this)) {
            throw new Unexpected("page", describe(), "a " + kind.getSimpleName());
        }
        return kind.cast(this);
    }

    /** Recognises the page in an answer that is no redirect. */
    static Page read(Browser browser, Reply reply) {
        Html html = new Html(browser, reply);
        if (html.hasField("SAMLResponse")) {
            return new SamlPage(html);
        }
        if (LoginPage.isIn(html)) {
            return new LoginPage(html);
        }
        if (html.hasField("accept")) {
            return new OtherPage(html);
        }
        if (html.hasField("credential")) {
            return new KeyPage(html);
        }
        if (html.hasField("code")) {
            return html.hasField("label") ? new EnrollTotpPage(html) : new ChallengePage(html);
        }
        if (html.hasField("saved")) {
            return new RecoveryCodesPage(html);
        }
        if (html.hasField("grace")) {
            return new GracePage(html);
        }
        if (html.isLocked()) {
            return new LockedPage(html);
        }
        return reply.status() >= 400 ? new ErrorPage(html) : new OtherPage(html);
    }
}
