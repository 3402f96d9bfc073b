<#ftl output_format="plainText">
${msg("mfaCodesMail")}

${msg("mfaCodesMailText")}

${mfa.link}

${msg("mfaNoticeAccount")}: ${mfa.username} (${realmName})
${msg("mfaEmailCodeMinutes")}: ${mfa.minutes}

${msg("mfaCodesMailNever")}
