<#import "template.ftl" as layout>
<#import "mfa-parts.ftl" as parts>
<@layout.registrationLayout displayMessage=!messagesPerField.existsError("code", "label"); section>
    <#if section = "header">
        ${msg("mfaEnrollTitle")}
    <#elseif section = "form">
        <@parts.assets />
        <p class="mfa-text">${msg("mfaEnrollWhy")}</p>
        <ol class="mfa-steps">
            <li>
                <strong>${msg("mfaEnrollStepApp")}</strong>
                <p>${msg("mfaEnrollStepAppText")}</p>
            </li>
            <li>
                <strong>${msg("mfaEnrollStepScan")}</strong>
                <img class="mfa-qr" id="mfa-qr" src="data:image/png;base64,${mfa.qr}" alt="${msg("mfaEnrollQrAlt")}">
                <details class="mfa-manual">
                    <summary>${msg("mfaEnrollCannotScan")}</summary>
                    <p>${msg("mfaEnrollManualText")}</p>
                    <p class="mfa-key">
                        <code id="mfa-secret" data-mfa-secret="${mfa.secret}" dir="ltr" aria-label="${msg("mfaEnrollKey")}"><#list mfa.secret?matches(".{1,4}") as four>${four}<#sep> </#list></code>
                        <@parts.scripted action="copy-secret" icon="fa fas fa-copy">${msg("mfaCopy")}</@parts.scripted>
                    </p>
                    <@parts.status />
                    <dl class="mfa-facts">
                        <div><dt>${msg("mfaEnrollType")}</dt><dd>${msg("mfaEnrollTypeTotp")}</dd></div>
                        <div><dt>${msg("mfaEnrollAlgorithm")}</dt><dd>${mfa.algorithm}</dd></div>
                        <div><dt>${msg("mfaEnrollDigits")}</dt><dd>${mfa.digits?c}</dd></div>
                        <div><dt>${msg("mfaEnrollPeriod")}</dt><dd>${msg("mfaEnrollSeconds", mfa.period)}</dd></div>
                    </dl>
                </details>
            </li>
            <li>
                <strong>${msg("mfaEnrollStepCode")}</strong>
            </li>
        </ol>
        <form id="mfa-enroll-form" class="${properties.kcFormClass!} mfa-form" action="${url.loginAction}" method="post" autocomplete="off">
            <#-- The focus would scroll the QR code out of sight: only after a wrong code, when it has been scanned. -->
            <@parts.code digits=mfa.digits focus=messagesPerField.existsError("code") />
            <@parts.field name="label" caption=msg("mfaEnrollLabel") value=(mfa.label)!"" maxlength="64" autocomplete="off">${msg("mfaEnrollLabelHint")}</@parts.field>
            <@parts.others />
            <@parts.actions>
                <@parts.submit />
                <#if (mfa.cancellable)!false>
                    <@parts.secondary id="mfa-cancel" name="cancel-aia" value="true" formnovalidate="formnovalidate">${msg("mfaCancel")}</@parts.secondary>
                </#if>
            </@parts.actions>
        </form>
    </#if>
</@layout.registrationLayout>
