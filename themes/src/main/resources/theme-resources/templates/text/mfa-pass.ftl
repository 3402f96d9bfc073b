<#ftl output_format="plainText">
${msg("mfaPassMail")}

${msg("mfaPassMailText")}

${mfa.pass}

${mfa.link}

${msg("mfaNoticeAccount")}: ${mfa.username} (${realmName})
${msg("mfaEmailCodeMinutes")}: ${mfa.minutes}

${msg("mfaPassMailNever")}
