<#ftl output_format="plainText">
${msg(mfa.title)}

<#if mfa.account?has_content>
${msg("mfaNoticeAccount")}: ${mfa.account}
</#if>
${msg("mfaAlertRealm")}: ${realmName}
${msg("mfaNoticeTime")}: ${mfa.time}
<#if mfa.actor?has_content>
${msg("mfaNoticeBy")}: ${mfa.actor}
</#if>
<#if mfa.address?has_content>
${msg("mfaNoticeAddress")}: ${mfa.address}
</#if>
<#if mfa.rule?has_content>
${msg("mfaAlertRule")}: ${mfa.rule}
</#if>
<#if mfa.name?has_content>
${msg("mfaAlertName")}: ${mfa.name}
</#if>
<#if mfa.owner?has_content>
${msg("mfaAlertOwner")}: ${mfa.owner}
</#if>
<#if mfa.ends?has_content>
${msg("mfaAlertEnds")}: ${mfa.ends}
</#if>
<#if mfa.setting?has_content>
${msg("mfaAlertSetting")}: ${mfa.setting}
${msg("mfaAlertBefore")}: ${mfa.before}
${msg("mfaAlertAfter")}: ${mfa.after}
</#if>
<#if mfa.reason?has_content>
${msg("mfaAlertReason")}: ${mfa.reason}
</#if>
${msg("mfaAlertEvent")}: ${mfa.event}
