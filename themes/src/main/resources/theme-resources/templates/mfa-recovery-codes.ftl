<#import "template.ftl" as layout>
<#import "mfa-parts.ftl" as parts>
<@layout.registrationLayout displayMessage=!messagesPerField.existsError("saved"); section>
    <#if section = "header">
        ${msg("mfaRecoveryTitle")}
    <#elseif section = "form">
        <@parts.assets />
        <@parts.alert type="warning">${msg("mfaRecoveryOnce")}</@parts.alert>
        <p class="mfa-text">${msg("mfaRecoveryText")}</p>
        <div class="mfa-sheet">
            <p class="mfa-sheet-title">${msg("mfaRecoverySheet")} – ${realm.displayName!realm.name}</p>
            <ol class="mfa-codes" id="mfa-codes" aria-label="${msg("mfaRecoverySheet")}">
                <#list mfa.codes as code>
                    <li><code dir="ltr">${code}</code></li>
                </#list>
            </ol>
        </div>
        <div class="mfa-tools">
            <@parts.scripted action="copy-codes" icon="fa fas fa-copy">${msg("mfaCopy")}</@parts.scripted>
            <@parts.scripted action="print" icon="fa fas fa-print">${msg("mfaRecoveryPrint")}</@parts.scripted>
            <@parts.scripted action="download" icon="fa fas fa-download" data\-file=msg("mfaRecoveryFile")>${msg("mfaRecoveryDownload")}</@parts.scripted>
        </div>
        <@parts.status />
        <form id="mfa-recovery-form" class="${properties.kcFormClass!} mfa-form" action="${url.loginAction}" method="post" autocomplete="off">
            <@parts.group>
                <label class="mfa-option mfa-saved" for="saved">
                    <input type="checkbox" id="saved" name="saved" value="true" required<#if messagesPerField.existsError("saved")> aria-invalid="true" aria-describedby="input-error-saved"</#if>>
                    <span>${msg("mfaRecoverySaved")}</span>
                </label>
                <@parts.error field="saved" />
            </@parts.group>
            <@parts.actions><@parts.submit /></@parts.actions>
        </form>
    </#if>
</@layout.registrationLayout>
