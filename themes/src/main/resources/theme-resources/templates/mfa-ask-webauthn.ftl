<#-- Asks for a passkey or a security key; the script puts what the authenticator says into the field and sends it. -->
<p class="mfa-text">${msg("mfaKeyAsk")}</p>
<#if mfa.question.options??>
    <@parts.error field="code" />
    <@parts.trust />
    <@parts.key ceremony="get" options=mfa.question.options>${msg("mfaKeyUse")}</@parts.key>
</#if>
