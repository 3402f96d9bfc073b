<#import "template.ftl" as layout>
<#import "mfa-parts.ftl" as parts>
<@layout.registrationLayout displayMessage=true; section>
    <#if section = "header">
        ${msg("mfaEnrollTitle")}
    <#elseif section = "form">
        <@parts.assets />
        <p class="mfa-text">${msg("mfaEnrollWhy")}</p>
        <p class="mfa-text">${msg("mfaEnrollChoose")}</p>
        <@parts.methods field="enroll" />
        <#if (mfa.cancellable)!false>
            <form class="${properties.kcFormClass!} mfa-form" action="${url.loginAction}" method="post">
                <@parts.actions><@parts.secondary id="mfa-cancel" name="cancel-aia" value="true">${msg("mfaCancel")}</@parts.secondary></@parts.actions>
            </form>
        </#if>
    </#if>
</@layout.registrationLayout>
