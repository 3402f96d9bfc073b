<#import "template.ftl" as layout>
<#import "mfa-parts.ftl" as parts>
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("mfaApproveTitle")}
    <#elseif section = "form">
        <@parts.assets />
        <@parts.alert type="danger">${msg("mfaApproveNoMethod")}</@parts.alert>
        <@parts.cancel />
    </#if>
</@layout.registrationLayout>
