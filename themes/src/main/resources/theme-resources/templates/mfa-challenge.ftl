<#import "template.ftl" as layout>
<#import "mfa-parts.ftl" as parts>
<#assign locked = mfa.locked!false>
<@layout.registrationLayout displayMessage=!locked && !messagesPerField.existsError("code"); section>
    <#if section = "header">
        <#if mfa.action??>${msg("mfaApproveTitle")}<#else>${msg("mfaChallengeTitle")}</#if>
    <#elseif section = "form">
        <@parts.assets />
        <#if locked>
            <@parts.alert type="danger">${msg("mfaLocked")}</@parts.alert>
            <p class="mfa-text"><a id="mfa-start-again" href="${url.loginRestartFlowUrl}">${msg("mfaStartAgain")}</a></p>
        <#else>
            <#if mfa.action??><@parts.transaction of=mfa.action /></#if>
            <form id="mfa-challenge-form" class="${properties.kcFormClass!} mfa-form" action="${url.loginAction}" method="post" autocomplete="off" data-method="${mfa.method}">
                <input type="hidden" name="method" value="${mfa.method}">
                <#include "mfa-ask-" + mfa.key + ".ftl">
            </form>
            <#if mfa.others>
                <form class="${properties.kcFormClass!} mfa-form" action="${url.loginAction}" method="post">
                    <button type="submit" id="mfa-other" name="choose" value="" class="${properties.kcButtonLinkClass!"pf-c-button pf-m-link"} mfa-tool">${msg("mfaTryAnother")}</button>
                </form>
            </#if>
            <#if mfa.action??><@parts.cancel /></#if>
        </#if>
    </#if>
</@layout.registrationLayout>
