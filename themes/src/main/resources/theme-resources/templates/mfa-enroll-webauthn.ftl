<#import "template.ftl" as layout>
<#import "mfa-parts.ftl" as parts>
<@layout.registrationLayout displayMessage=!messagesPerField.existsError("code", "label"); section>
    <#if section = "header">
        ${msg("mfaKeyEnrollTitle")}
    <#elseif section = "form">
        <@parts.assets />
        <p class="mfa-text">${msg("mfaEnrollWhy")}</p>
        <p class="mfa-text">${msg("mfaKeyEnrollText")}</p>
        <form id="mfa-enroll-form" class="${properties.kcFormClass!} mfa-form" action="${url.loginAction}" method="post" autocomplete="off">
            <@parts.error field="code" />
            <@parts.field name="label" caption=msg("mfaKeyLabel") value=(mfa.label)!"" maxlength="64" autocomplete="off">${msg("mfaKeyLabelHint")}</@parts.field>
            <@parts.others />
            <#if mfa.question.options??>
                <@parts.key ceremony="create" options=mfa.question.options>${msg("mfaKeyMake")}</@parts.key>
            </#if>
            <#if (mfa.cancellable)!false>
                <@parts.actions><@parts.secondary id="mfa-cancel" name="cancel-aia" value="true" formnovalidate="formnovalidate">${msg("mfaCancel")}</@parts.secondary></@parts.actions>
            </#if>
        </form>
    </#if>
</@layout.registrationLayout>
