<#-- Asks for the code of an authenticator app; of several, the user says which. -->
<p class="mfa-text">${msg("mfaChallengeText")}</p>
<#if mfa.enrollments?size gt 1>
    <@parts.group>
        <fieldset class="mfa-choice">
            <legend class="${properties.kcLabelClass!}">${msg("mfaChooseDevice")}</legend>
            <#assign chosen = mfa.selected!"">
            <#if !mfa.enrollments?map(e -> e.id)?seq_contains(chosen)><#assign chosen = mfa.enrollments[0].id></#if>
            <#list mfa.enrollments as enrollment>
                <label class="mfa-option" for="mfa-enrollment-${enrollment?index}">
                    <input type="radio" id="mfa-enrollment-${enrollment?index}" name="enrollment" value="${enrollment.id}"<#if enrollment.id == chosen> checked</#if>>
                    <span><#if enrollment.label?has_content>${enrollment.label}<#else>${msg("mfaUnnamedDevice")}</#if></span>
                </label>
            </#list>
        </fieldset>
    </@parts.group>
</#if>
<@parts.code digits=mfa.digits focus=true />
<@parts.trust />
<@parts.actions><@parts.submit /></@parts.actions>
