<#import "template.ftl" as layout>
<@layout.emailLayout>
<h1>${msg(mfa.title)}</h1>
<table>
<#if mfa.account?has_content>
<tr><th align="left">${msg("mfaNoticeAccount")}</th><td>${mfa.account}</td></tr>
</#if>
<tr><th align="left">${msg("mfaAlertRealm")}</th><td>${realmName}</td></tr>
<tr><th align="left">${msg("mfaNoticeTime")}</th><td>${mfa.time}</td></tr>
<#if mfa.actor?has_content>
<tr><th align="left">${msg("mfaNoticeBy")}</th><td>${mfa.actor}</td></tr>
</#if>
<#if mfa.address?has_content>
<tr><th align="left">${msg("mfaNoticeAddress")}</th><td>${mfa.address}</td></tr>
</#if>
<#if mfa.rule?has_content>
<tr><th align="left">${msg("mfaAlertRule")}</th><td>${mfa.rule}</td></tr>
</#if>
<#if mfa.name?has_content>
<tr><th align="left">${msg("mfaAlertName")}</th><td>${mfa.name}</td></tr>
</#if>
<#if mfa.owner?has_content>
<tr><th align="left">${msg("mfaAlertOwner")}</th><td>${mfa.owner}</td></tr>
</#if>
<#if mfa.ends?has_content>
<tr><th align="left">${msg("mfaAlertEnds")}</th><td>${mfa.ends}</td></tr>
</#if>
<#if mfa.setting?has_content>
<tr><th align="left">${msg("mfaAlertSetting")}</th><td>${mfa.setting}</td></tr>
<tr><th align="left">${msg("mfaAlertBefore")}</th><td>${mfa.before}</td></tr>
<tr><th align="left">${msg("mfaAlertAfter")}</th><td>${mfa.after}</td></tr>
</#if>
<#if mfa.reason?has_content>
<tr><th align="left">${msg("mfaAlertReason")}</th><td>${mfa.reason}</td></tr>
</#if>
<tr><th align="left">${msg("mfaAlertEvent")}</th><td>${mfa.event}</td></tr>
</table>
</@layout.emailLayout>
