<#import "template.ftl" as layout>
<#import "mfa-parts.ftl" as parts>
<@layout.registrationLayout displayMessage=true; section>
    <#if section = "header">
        ${msg("mfaDevicesTitle")}
    <#elseif section = "form">
        <@parts.assets />
        <p class="mfa-text">${msg("mfaDevicesText")}</p>
        <#if mfa.devices?has_content>
            <form id="mfa-devices-form" class="${properties.kcFormClass!} mfa-form" action="${url.loginAction}" method="post">
                <ul class="mfa-methods" id="mfa-devices">
                    <#list mfa.devices as device>
                        <li class="mfa-device">
                            <strong id="mfa-device-${device?index}">${device.label?has_content?then(device.label, msg("mfaDevicesUnknown"))}<#if device.current> <span data-mfa-current>(${msg("mfaDevicesThis")})</span></#if></strong>
                            <dl class="mfa-facts">
                                <div><dt>${msg("mfaDevicesSince")}</dt><dd><@parts.time at=device.since /></dd></div>
                                <div><dt>${msg("mfaDevicesUntil")}</dt><dd><@parts.time at=device.until /></dd></div>
                                <#if device.used??>
                                    <div><dt>${msg("mfaDevicesUsed")}</dt><dd><@parts.time at=device.used /></dd></div>
                                </#if>
                            </dl>
                            <button type="submit" name="end" value="${device.id}" aria-describedby="mfa-device-${device?index}" class="${properties.kcButtonLinkClass!"pf-c-button pf-m-link"} mfa-tool">${msg("mfaDevicesEnd")}</button>
                        </li>
                    </#list>
                </ul>
                <#if (mfa.devices?size > 1)>
                    <@parts.actions><@parts.secondary id="mfa-end-all" name="end-all" value="true">${msg("mfaDevicesEndAll")}</@parts.secondary></@parts.actions>
                </#if>
            </form>
        <#else>
            <p class="mfa-text" id="mfa-no-devices">${msg("mfaDevicesNone")}</p>
        </#if>
        <form id="mfa-done-form" class="${properties.kcFormClass!} mfa-form" action="${url.loginAction}" method="post">
            <@parts.actions>
                <button type="submit" id="mfa-done" name="done" value="true" class="${properties.kcButtonClass!} ${properties.kcButtonPrimaryClass!} ${properties.kcButtonBlockClass!} ${properties.kcButtonLargeClass!}">${msg("mfaContinue")}</button>
            </@parts.actions>
        </form>
    </#if>
</@layout.registrationLayout>
