<#-- Asks for a temporary access pass, and says what it leads to. -->
<p class="mfa-text">${msg("mfaPassAsk")}</p>
<@parts.field name="code" caption=msg("mfaPass") focus=true required="required" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="56" dir="ltr">${msg("mfaPassHint")}</@parts.field>
<@parts.actions><@parts.submit /></@parts.actions>
