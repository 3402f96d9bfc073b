<#ftl output_format="plainText">
${msg("mfaEmailCodeSubject")}

${msg("mfaEmailCodeText")}

${mfa.code}

${msg("mfaNoticeAccount")}: ${mfa.username} (${realmName})
${msg("mfaEmailCodeMinutes")}: ${mfa.minutes}

${msg("mfaEmailCodeNever")}
${msg("mfaNoticeNotYou")}
