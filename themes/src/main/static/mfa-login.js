// What the MFA pages can do better with a script than without; every page works without it.
const status = document.querySelector("[data-mfa-status]");

const codes = () => [...document.querySelectorAll("#mfa-codes code")].map((code) => code.textContent.trim());

const tools = {
    "copy-secret": () => {
        const secret = document.getElementById("mfa-secret");
        return copy(secret.dataset.mfaSecret, secret);
    },
    "copy-codes": () => copy(codes().join("\n"), document.getElementById("mfa-codes")),
    print: () => window.print(),
    download: (button) => {
        const title = document.querySelector(".mfa-sheet-title").textContent.trim();
        save(button.dataset.file, [title, "", ...codes(), ""].join("\r\n"));
    },
};

for (const button of document.querySelectorAll("button[data-mfa]")) {
    button.hidden = false;
    button.addEventListener("click", () => tools[button.dataset.mfa](button));
}

async function copy(text, shown) {
    try {
        await navigator.clipboard.writeText(text);
        status.textContent = status.dataset.copied;
    } catch {
        // Not a secure context, or refused: leave the text selected, so that the user can copy it by hand.
        window.getSelection().selectAllChildren(shown);
        status.textContent = document.execCommand("copy") ? status.dataset.copied : status.dataset.failed;
    }
}

function save(name, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
}

// Apps show a code as "123 456"; pasted so, the last digits would fall to maxlength.
document.getElementById("code")?.addEventListener("paste", (event) => {
    const digits = event.clipboardData.getData("text").replace(/\D/g, "");

    if (digits) {
        event.preventDefault();
        event.target.value = digits.slice(0, event.target.maxLength);
    }
});

// The server writes times in UTC, because only the browser knows the time zone of its user.
for (const time of document.querySelectorAll("time[data-mfa-time]")) {
    time.textContent = new Intl.DateTimeFormat(document.documentElement.lang || undefined, {
        dateStyle: "long",
        timeStyle: "short",
    }).format(new Date(time.dateTime));
}

// Keycloak's own field with the name of the user has no label (26.7).
document
    .getElementById("kc-attempted-username")
    ?.setAttribute("aria-label", document.querySelector("script[data-username]").dataset.username);

// The next message must wait: the button says for how long.
for (const button of document.querySelectorAll("button[data-mfa-wait]")) {
    const caption = button.textContent;
    const end = performance.now() + 1000 * Number(button.dataset.mfaWait);

    const count = () => {
        const left = Math.ceil((end - performance.now()) / 1000);
        button.disabled = left > 0;
        button.textContent = left > 0 ? `${caption} (${left})` : caption;
        if (left > 0) {
            setTimeout(count, 1000);
        }
    };

    count();
}

// WebOTP: the browser takes the code out of the message whose last line names our host, if the user lets it.
const messageCode = document.querySelector("form[data-method=SMS_OTP] #code");

if (messageCode && "OTPCredential" in window) {
    const waiting = new AbortController();

    messageCode.form.addEventListener("submit", () => waiting.abort());
    navigator.credentials
        .get({ otp: { transport: ["sms"] }, signal: waiting.signal })
        .then((message) => {
            messageCode.value = message.code;
            messageCode.form.requestSubmit(document.getElementById("mfa-submit"));
        })
        .catch(() => {}); // then it is typed
}

// A code counts once: the second click would send it again, and a code sent again is a failed attempt.
for (const form of document.querySelectorAll("form.mfa-form")) {
    let sent = false;

    form.addEventListener("submit", (event) => (sent ? event.preventDefault() : (sent = true)));
    window.addEventListener("pageshow", () => (sent = false));
}

// Passkeys and security keys. Options and answers are JSON with bytes in base64url, as in WebAuthn Level 3; not every
// browser reads and writes that form itself.
const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (character) => character.charCodeAt(0));

const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
        .replace(/\+/g, "-")
        .replace(/\//g, "_")
        .replace(/=+$/, "");

const known = (keys) => (keys ?? []).map((key) => ({ ...key, id: bytes(key.id) }));

const ceremonies = {
    create: (options) =>
        navigator.credentials.create({
            publicKey: {
                ...options,
                challenge: bytes(options.challenge),
                user: { ...options.user, id: bytes(options.user.id) },
                excludeCredentials: known(options.excludeCredentials),
            },
        }),
    get: (options) =>
        navigator.credentials.get({
            publicKey: {
                ...options,
                challenge: bytes(options.challenge),
                allowCredentials: known(options.allowCredentials),
            },
        }),
};

function answer(credential) {
    const response = { clientDataJSON: text(credential.response.clientDataJSON) };

    for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
        if (credential.response[part] instanceof ArrayBuffer) {
            response[part] = text(credential.response[part]);
        }
    }
    if (credential.response.getTransports) {
        response.transports = credential.response.getTransports();
    }
    return JSON.stringify({
        id: credential.id,
        rawId: text(credential.rawId),
        type: credential.type,
        authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
        clientExtensionResults: {},
        response,
    });
}

for (const button of document.querySelectorAll("button[data-mfa-key]")) {
    const told = document.getElementById("mfa-key-status");

    button.addEventListener("click", async () => {
        button.disabled = true;
        told.textContent = "";
        try {
            const credential = await ceremonies[button.dataset.mfaKey](JSON.parse(button.dataset.options));

            document.getElementById("credential").value = answer(credential);
            button.form.requestSubmit();
        } catch (refused) {
            // The user closed the window, or has no such key: nothing was sent, and he may try again.
            told.textContent = refused.name === "InvalidStateError" ? told.dataset.known : told.dataset.failed;
            button.disabled = false;
        }
    });
    window.addEventListener("pageshow", () => (button.disabled = false));

    if (window.PublicKeyCredential) {
        button.focus();
    } else {
        told.textContent = told.dataset.missing;
        button.hidden = true;
    }
}
