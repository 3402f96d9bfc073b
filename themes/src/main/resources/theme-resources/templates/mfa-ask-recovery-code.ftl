<#-- Asks for a recovery code, and says what it leads to. -->
<p class="mfa-text">${msg("mfaRecoveryAsk")}</p>
<@parts.field name="code" caption=msg("mfaRecoveryCode") focus=true required="required" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="48" dir="ltr">${msg("mfaRecoveryHint")}</@parts.field>
<@parts.actions><@parts.submit /></@parts.actions>
