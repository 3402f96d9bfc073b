<#-- Asks for the code of a mail. Showing the page sends nothing: the user says when. -->
<#assign address = (mfa.enrollments[0].label)!"">
<#if mfa.question.sent>
    <p class="mfa-text" id="mfa-email-sent">${msg("mfaEmailSent", address)}</p>
    <@parts.code digits=8 focus=true />
    <@parts.actions>
        <@parts.submit />
        <@parts.secondary id="mfa-send" name="send" value="EMAIL_CODE" formnovalidate="formnovalidate" data\-mfa\-wait=(mfa.question.wait!0)?c>${msg("mfaEmailResend")}</@parts.secondary>
    </@parts.actions>
<#else>
    <p class="mfa-text" id="mfa-email-ask">${msg("mfaEmailAsk", address)}</p>
    <@parts.error field="code" />
    <@parts.actions>
        <button type="submit" id="mfa-send" name="send" value="EMAIL_CODE" data-mfa-wait="${(mfa.question.wait!0)?c}" class="${properties.kcButtonClass!} ${properties.kcButtonPrimaryClass!} ${properties.kcButtonBlockClass!} ${properties.kcButtonLargeClass!}">${msg("mfaEmailSend")}</button>
    </@parts.actions>
</#if>
