<#ftl output_format="plainText">
${msg(mfa.title)}

${msg(mfa.title + "Text")}

${msg("mfaNoticeAccount")}: ${mfa.username} (${realmName})
<#if mfa.method?has_content>
${msg("mfaNoticeMethod")}: ${msg(mfa.method)}
</#if>
${msg("mfaNoticeTime")}: ${mfa.time}
<#if mfa.administrator>
${msg("mfaNoticeBy")}: ${msg("mfaNoticeAdministrator")}
<#elseif mfa.address?has_content>
${msg("mfaNoticeAddress")}: ${mfa.address}
</#if>
<#if mfa.own>

${msg("mfaNoticeNotYou")}
</#if>
