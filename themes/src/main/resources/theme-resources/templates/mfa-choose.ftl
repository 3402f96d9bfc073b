<#import "template.ftl" as layout>
<#import "mfa-parts.ftl" as parts>
<@layout.registrationLayout displayMessage=true; section>
    <#if section = "header">
        ${msg("mfaChooseTitle")}
    <#elseif section = "form">
        <@parts.assets />
        <#if mfa.action??><@parts.transaction of=mfa.action /></#if>
        <p class="mfa-text">${msg("mfaChooseText")}</p>
        <@parts.methods field="choose" />
        <#if mfa.action??><@parts.cancel /></#if>
    </#if>
</@layout.registrationLayout>
