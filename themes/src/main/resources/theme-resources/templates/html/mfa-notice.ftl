<#import "template.ftl" as layout>
<@layout.emailLayout>
<h1>${msg(mfa.title)}</h1>
<p>${msg(mfa.title + "Text")}</p>
<table>
<tr><th align="left">${msg("mfaNoticeAccount")}</th><td>${mfa.username} (${realmName})</td></tr>
<#if mfa.method?has_content>
<tr><th align="left">${msg("mfaNoticeMethod")}</th><td>${msg(mfa.method)}</td></tr>
</#if>
<tr><th align="left">${msg("mfaNoticeTime")}</th><td>${mfa.time}</td></tr>
<#if mfa.administrator>
<tr><th align="left">${msg("mfaNoticeBy")}</th><td>${msg("mfaNoticeAdministrator")}</td></tr>
<#elseif mfa.address?has_content>
<tr><th align="left">${msg("mfaNoticeAddress")}</th><td>${mfa.address}</td></tr>
</#if>
</table>
<#if mfa.own>
<p>${msg("mfaNoticeNotYou")}</p>
</#if>
</@layout.emailLayout>
