<#import "template.ftl" as layout>
<@layout.emailLayout>
<h1>${msg("mfaEmailCodeSubject")}</h1>
<p>${msg("mfaEmailCodeText")}</p>
<p><strong>${mfa.code}</strong></p>
<table>
<tr><th align="left">${msg("mfaNoticeAccount")}</th><td>${mfa.username} (${realmName})</td></tr>
<tr><th align="left">${msg("mfaEmailCodeMinutes")}</th><td>${mfa.minutes}</td></tr>
</table>
<p>${msg("mfaEmailCodeNever")}</p>
<p>${msg("mfaNoticeNotYou")}</p>
</@layout.emailLayout>
