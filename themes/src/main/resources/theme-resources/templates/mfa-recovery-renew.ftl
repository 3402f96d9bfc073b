<#import "template.ftl" as layout>
<#import "mfa-parts.ftl" as parts>
<@layout.registrationLayout displayMessage=true; section>
    <#if section = "header">
        ${msg("mfaRecoveryRenewTitle")}
    <#elseif section = "form">
        <@parts.assets />
        <#if mfa.left == 0>
            <@parts.alert type="warning">${msg("mfaRecoveryNone")}</@parts.alert>
        <#elseif mfa.few>
            <@parts.alert type="warning">${msg("mfaRecoveryFew", mfa.left)}</@parts.alert>
        <#else>
            <p class="mfa-text">${msg("mfaRecoveryLeft", mfa.left)}</p>
        </#if>
        <p class="mfa-text">${msg("mfaRecoveryRenewText")}</p>
        <form id="mfa-renew-form" class="${properties.kcFormClass!} mfa-form" action="${url.loginAction}" method="post">
            <@parts.actions>
                <button type="submit" id="mfa-renew" name="renew" value="true" class="${properties.kcButtonClass!} ${properties.kcButtonPrimaryClass!} ${properties.kcButtonBlockClass!} ${properties.kcButtonLargeClass!}">${msg("mfaRecoveryRenew")}</button>
                <@parts.secondary id="mfa-later" name="later" value="true">${msg((mfa.left == 0)?then("mfaRecoveryLater", "mfaRecoveryKeep"))}</@parts.secondary>
            </@parts.actions>
        </form>
    </#if>
</@layout.registrationLayout>
