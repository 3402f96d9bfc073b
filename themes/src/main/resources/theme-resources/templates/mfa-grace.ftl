<#import "template.ftl" as layout>
<#import "mfa-parts.ftl" as parts>
<@layout.registrationLayout; section>
    <#if section = "header">
        ${msg("mfaEnrollTitle")}
    <#elseif section = "form">
        <@parts.assets />
        <p class="mfa-text">${msg("mfaGraceText")}</p>
        <dl class="mfa-facts mfa-deadline" id="mfa-grace">
            <#if mfa.until??>
                <div><dt>${msg("mfaGraceUntil")}</dt><dd><@parts.time at=mfa.until /></dd></div>
            </#if>
            <#if mfa.skips??>
                <div><dt>${msg("mfaGraceSkips")}</dt><dd data-mfa-skips="${mfa.skips?c}">${mfa.skips}</dd></div>
            </#if>
        </dl>
        <form id="mfa-grace-form" class="${properties.kcFormClass!} mfa-form" action="${url.loginAction}" method="post">
            <@parts.actions>
                <button type="submit" id="mfa-now" name="grace" value="now" class="${properties.kcButtonClass!} ${properties.kcButtonPrimaryClass!} ${properties.kcButtonBlockClass!} ${properties.kcButtonLargeClass!}">${msg("mfaGraceNow")}</button>
                <@parts.secondary id="mfa-later" name="grace" value="later">${msg("mfaGraceLater")}</@parts.secondary>
            </@parts.actions>
        </form>
    </#if>
</@layout.registrationLayout>
