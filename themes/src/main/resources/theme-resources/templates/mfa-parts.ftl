<#-- The parts that our pages share, in the markup of both of Keycloak's login themes and of any theme built on one of them.
     `keycloak.v2` draws the border of a field on a span around the input, `keycloak` on the input itself. -->
<#assign wrapped = properties.kcFormGroupLabelClass?has_content>
<#assign files = url.resourcesPath + "/mfa/@project.version@">

<#-- Style and behaviour. The page works without either; no inline script, so that a strict content security policy holds. -->
<#macro assets>
    <link rel="stylesheet" href="${files}/mfa-login.css">
    <script type="module" src="${files}/mfa-login.js" data-username="${msg("username")}"></script>
</#macro>

<#macro time at><time datetime="${at.instant}" data-mfa-time>${at.text}</time></#macro>

<#macro group>
    <div class="${properties.kcFormGroupClass!} mfa-group"><#nested></div>
</#macro>

<#macro label for>
    <div class="${properties.kcFormGroupLabelClass!}">
        <label for="${for}" class="${properties.kcFormLabelClass!properties.kcLabelClass!}">
            <span class="${properties.kcFormLabelTextClass!}"><#nested></span>
        </label>
    </div>
</#macro>

<#macro hint id>
    <div class="${properties.kcFormHelperTextClass!} mfa-hint" id="${id}"><#nested></div>
</#macro>

<#macro error field>
    <#if messagesPerField.existsError(field)>
        <div class="${properties.kcFormHelperTextClass!} mfa-error" id="input-error-${field}" role="alert">
            <div class="${properties.kcInputHelperTextClass!}">
                <div class="${properties.kcInputHelperTextItemClass!} ${properties.kcError!}">
                    <span class="${properties.kcInputErrorMessageClass!}">${messagesPerField.get(field)}</span>
                </div>
            </div>
        </div>
    </#if>
</#macro>

<#-- A text field; the nested text is its hint, further parameters are attributes of the input. -->
<#macro field name caption focus=false attributes...>
    <#local wrong = messagesPerField.existsError(name)>
    <@group>
        <@label for=name>${caption}</@label>
        <span class="mfa-control<#if wrapped> ${properties.kcInputClass!}<#if wrong> ${properties.kcError!}</#if></#if>">
            <input type="text" id="${name}" name="${name}" class="mfa-input<#if !wrapped> ${properties.kcInputClass!}</#if>"
                   aria-describedby="hint-${name}<#if wrong> input-error-${name}</#if>"
                   <#if wrong>aria-invalid="true"</#if> <#if focus>autofocus</#if>
                   <#list attributes as key, value>${key}="${value}" </#list>/>
            <#if wrapped && wrong>
                <span class="${properties.kcFormControlUtilClass!}">
                    <span class="${properties.kcInputErrorIconStatusClass!}">
                        <i class="${properties.kcInputErrorIconClass!}" aria-hidden="true"></i>
                    </span>
                </span>
            </#if>
        </span>
        <@error field=name />
        <@hint id="hint-${name}"><#nested></@hint>
    </@group>
</#macro>

<#macro code digits focus>
    <@field name="code" caption=msg("mfaCode") focus=focus required="required" inputmode="numeric" autocomplete="one-time-code"
            pattern="[0-9]*" minlength="6" maxlength="8" title=msg("mfaCodeHint", digits) dir="ltr">${msg("mfaCodeHint", digits)}</@field>
</#macro>

<#macro alert type>
    <div class="${properties.kcAlertClass!} pf-m-${type} mfa-alert" role="alert">
        <div class="${properties.kcAlertIconClass!"pf-c-alert__icon"}">
            <span class="${(type == "danger")?then(properties.kcFeedbackErrorIcon!, properties.kcFeedbackWarningIcon!)}" aria-hidden="true"></span>
        </div>
        <span class="${properties.kcAlertTitleClass!}<#if type == "danger"> kc-feedback-text</#if>"><#nested></span>
    </div>
</#macro>

<#macro actions>
    <@group><div class="${properties.kcFormActionGroupClass!} mfa-actions"><#nested></div></@group>
</#macro>

<#macro submit>
    <button type="submit" id="mfa-submit" class="${properties.kcButtonClass!} ${properties.kcButtonPrimaryClass!} ${properties.kcButtonBlockClass!} ${properties.kcButtonLargeClass!}">${msg("mfaContinue")}</button>
</#macro>

<#-- A button beside the one that most people want. -->
<#macro secondary id name value attributes...>
    <button type="submit" id="${id}" name="${name}" value="${value}" <#list attributes as key, worth>${key}="${worth}" </#list>class="${properties.kcButtonClass!} ${properties.kcButtonSecondaryClass!"pf-m-secondary"} ${properties.kcButtonBlockClass!} ${properties.kcButtonLargeClass!}"><#nested></button>
</#macro>

<#-- A button that only the script can serve: it stays hidden without one. -->
<#macro scripted action icon attributes...>
    <button type="button" hidden data-mfa="${action}" class="${properties.kcButtonLinkClass!"pf-c-button pf-m-link"} mfa-tool" <#list attributes as key, value>${key}="${value}" </#list>><i class="${icon}" aria-hidden="true"></i> <#nested></button>
</#macro>

<#-- Where the script says what it did. -->
<#macro status>
    <p class="mfa-status" role="status" data-mfa-status data-copied="${msg("mfaCopied")}" data-failed="${msg("mfaCopyFailed")}"></p>
</#macro>

<#-- The code of a text message: first the wish for one, then the field, and the wish for another one after a while. -->
<#macro sms phone>
    <#if mfa.question.sent>
        <#if mfa.question.unclear!false>
            <p class="mfa-text" id="mfa-sms-unclear" role="status">${msg("mfaSmsUnclear", phone)}</p>
        <#else>
            <p class="mfa-text" id="mfa-sms-sent">${msg("mfaSmsSent", phone)}</p>
        </#if>
        <@code digits=6 focus=true />
        <@trust />
        <@actions>
            <@submit />
            <@secondary id="mfa-send" name="send" value="SMS_OTP" formnovalidate="formnovalidate" data\-mfa\-wait=(mfa.question.wait!0)?c>${msg("mfaSmsResend")}</@secondary>
        </@actions>
    <#else>
        <p class="mfa-text" id="mfa-sms-ask">${msg("mfaSmsAsk", phone)}</p>
        <@error field="code" />
        <@actions>
            <button type="submit" id="mfa-send" name="send" value="SMS_OTP" data-mfa-wait="${(mfa.question.wait!0)?c}" class="${properties.kcButtonClass!} ${properties.kcButtonPrimaryClass!} ${properties.kcButtonBlockClass!} ${properties.kcButtonLargeClass!}">${msg("mfaSmsSend")}</button>
        </@actions>
    </#if>
</#macro>

<#-- The methods to choose from, the first one recommended; each button posts its method in the field. -->
<#macro methods field>
    <form id="mfa-methods" class="${properties.kcFormClass!} mfa-form" action="${url.loginAction}" method="post">
        <ul class="mfa-methods">
            <#list mfa.methods as method>
                <li>
                    <button type="submit" id="mfa-method-${method.key}" name="${field}" value="${method.method}" class="mfa-method">
                        <strong>${msg(method.title)}</strong>
                        <span>${msg(method.text)}</span>
                    </button>
                </li>
            </#list>
        </ul>
    </form>
</#macro>

<#-- The box by which a user trusts this browser, where the realm lets him. -->
<#macro trust>
    <#if (mfa.trustDays!0) gt 0>
        <@group>
            <label class="mfa-option" for="trust">
                <input type="checkbox" id="trust" name="trust" value="on">
                <span>${msg("mfaTrust", mfa.trustDays)}</span>
            </label>
        </@group>
    </#if>
</#macro>

<#-- The box by which a user ends his other sessions, with the name that it has on Keycloak's own pages. -->
<#macro others>
    <@group>
        <label class="mfa-option" for="logout-sessions">
            <input type="checkbox" id="logout-sessions" name="logout-sessions" value="on">
            <span>${msg("mfaEnrollEndOthers")}</span>
        </label>
    </@group>
</#macro>

<#-- The button that starts a ceremony of the browser, what it is asked for, and where it tells what went wrong. -->
<#macro key ceremony options>
    <input type="hidden" id="credential" name="credential" value="">
    <p class="mfa-status" role="status" id="mfa-key-status" data-missing="${msg("mfaKeyUnsupported")}" data-failed="${msg("mfaKeyFailed")}" data-known="${msg("mfaKeyKnown")}"></p>
    <noscript><p class="mfa-text">${msg("mfaKeyNoScript")}</p></noscript>
    <@actions>
        <button type="button" id="mfa-key" data-mfa-key="${ceremony}" data-options="${options}" class="${properties.kcButtonClass!} ${properties.kcButtonPrimaryClass!} ${properties.kcButtonBlockClass!} ${properties.kcButtonLargeClass!}"><#nested></button>
    </@actions>
</#macro>

<#-- What is approved, as it is stored; the server has made every character of it visible. -->
<#macro transaction of>
    <p class="mfa-text mfa-sentence" id="mfa-sentence"><bdi>${of.description}</bdi></p>
    <dl class="mfa-facts mfa-transaction">
        <#if of.client?has_content><div><dt>${msg("mfaApproveClient")}</dt><dd data-mfa-client><bdi>${of.client}</bdi></dd></div></#if>
        <div><dt>${msg("mfaApproveClientId")}</dt><dd data-mfa-client-id><bdi>${of.clientId}</bdi></dd></div>
        <#list of.fields as field>
            <div>
                <dt><bdi>${field.name}</bdi></dt>
                <dd data-mfa-field="${field.name}">
                    <#if field.texts?size == 1><bdi>${field.texts[0]}</bdi><#else><ul><#list field.texts as value><li><bdi>${value}</bdi></li></#list></ul></#if>
                </dd>
            </div>
        </#list>
    </dl>
</#macro>

<#-- The way back to the application without what it asked for. -->
<#macro cancel>
    <form class="${properties.kcFormClass!} mfa-form" action="${url.loginAction}" method="post">
        <@actions><@secondary id="mfa-cancel" name="cancel-aia" value="true">${msg("mfaApproveCancel")}</@secondary></@actions>
    </form>
</#macro>
