<#import "template.ftl" as layout>
<#import "mfa-parts.ftl" as parts>
<@layout.registrationLayout displayMessage=!messagesPerField.existsError("code", "label", "number"); section>
    <#if section = "header">
        ${msg("mfaEnrollTitle")}
    <#elseif section = "form">
        <@parts.assets />
        <@parts.alert type="warning">${msg("mfaSmsRisk")}</@parts.alert>
        <#if mfa.destination??>
            <form id="mfa-enroll-form" class="${properties.kcFormClass!} mfa-form" action="${url.loginAction}" method="post" autocomplete="off" data-method="SMS_OTP">
                <@parts.error field="number" />
                <#if mfa.question.sent>
                    <@parts.field name="label" caption=msg("mfaEnrollLabel") value=(mfa.label)!"" maxlength="64" autocomplete="off">${msg("mfaEnrollLabelHint")}</@parts.field>
                    <@parts.others />
                </#if>
                <@parts.sms phone=mfa.destination />
            </form>
            <form class="${properties.kcFormClass!} mfa-form" action="${url.loginAction}" method="post">
                <button type="submit" id="mfa-change" name="change" value="true" class="${properties.kcButtonLinkClass!"pf-c-button pf-m-link"} mfa-tool">${msg("mfaSmsChange")}</button>
            </form>
        <#else>
            <p class="mfa-text">${msg("mfaSmsEnrollText")}</p>
            <form id="mfa-number-form" class="${properties.kcFormClass!} mfa-form" action="${url.loginAction}" method="post">
                <@parts.field name="number" caption=msg("mfaSmsNumber") focus=true required="required" inputmode="tel" autocomplete="tel" maxlength="32" dir="ltr">${msg("mfaSmsNumberHint")}</@parts.field>
                <@parts.actions>
                    <@parts.submit />
                    <#if (mfa.cancellable)!false>
                        <@parts.secondary id="mfa-cancel" name="cancel-aia" value="true" formnovalidate="formnovalidate">${msg("mfaCancel")}</@parts.secondary>
                    </#if>
                </@parts.actions>
            </form>
        </#if>
    </#if>
</@layout.registrationLayout>
