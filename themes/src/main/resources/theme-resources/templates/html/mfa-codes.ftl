<#import "template.ftl" as layout>
<@layout.emailLayout>
<h1>${msg("mfaCodesMail")}</h1>
<p>${msg("mfaCodesMailText")}</p>
<p><a href="${mfa.link}">${msg("mfaCodesMailLink")}</a></p>
<table>
<tr><th align="left">${msg("mfaNoticeAccount")}</th><td>${mfa.username} (${realmName})</td></tr>
<tr><th align="left">${msg("mfaEmailCodeMinutes")}</th><td>${mfa.minutes}</td></tr>
</table>
<p>${msg("mfaCodesMailNever")}</p>
</@layout.emailLayout>
