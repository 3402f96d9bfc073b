<#-- Asks for the code of a text message. Showing the page sends nothing: the user says when. -->
<@parts.alert type="warning">${msg("mfaSmsRisk")}</@parts.alert>
<#assign phone = (mfa.enrollments[0].label)!"">
<@parts.sms phone=phone />
