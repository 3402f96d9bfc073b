<#import "template.ftl" as layout>
<@layout.emailLayout>
<h1>${msg("mfaPassMail")}</h1>
<p>${msg("mfaPassMailText")}</p>
<p><strong>${mfa.pass}</strong></p>
<p><a href="${mfa.link}">${msg("mfaPassMailLink")}</a></p>
<table>
<tr><th align="left">${msg("mfaNoticeAccount")}</th><td>${mfa.username} (${realmName})</td></tr>
<tr><th align="left">${msg("mfaEmailCodeMinutes")}</th><td>${mfa.minutes}</td></tr>
</table>
<p>${msg("mfaPassMailNever")}</p>
</@layout.emailLayout>
