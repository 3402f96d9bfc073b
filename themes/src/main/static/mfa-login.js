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

// A code counts once: the second click would send it again, and a code sent again is a failed attempt.
for (const form of document.querySelectorAll("form.mfa-form")) {
    let sent = false;

    form.addEventListener("submit", (event) => (sent ? event.preventDefault() : (sent = true)));
    window.addEventListener("pageshow", () => (sent = false));
}
