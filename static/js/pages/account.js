// Passkeys are offered where they can work: a browser that has them, at an address with a name.

const hasName = !/^[\d.]+$|^\[/.test(location.hostname);
if (window.PublicKeyCredential && isSecureContext && hasName) {
  for (const part of document.querySelectorAll("[data-needs-passkeys]")) part.hidden = false;
  for (const part of document.querySelectorAll("[data-lacks-passkeys]")) part.hidden = true;
}

// Somebody closed the browser's dialogue, or the device knows no passkey for this site.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.getElementById("page-alert").textContent =
    document.querySelector("[data-passkey-fault]").dataset.passkeyFault;
});
