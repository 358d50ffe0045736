// Security keys and passkeys: hands what the server asks to the browser, and what a key answers to the form.
const bytes = (text) => {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (each) => each.charCodeAt(0));
};
const text = (buffer) => {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};
const listed = (keys) => (keys || []).map((key) => ({ ...key, id: bytes(key.id) }));

function asked(options) {
  const found = { ...options.publicKey, challenge: bytes(options.publicKey.challenge) };
  if (found.user) found.user = { ...found.user, id: bytes(found.user.id) };
  if (found.excludeCredentials) found.excludeCredentials = listed(found.excludeCredentials);
  if (found.allowCredentials) found.allowCredentials = listed(found.allowCredentials);
  return found;
}

function answered(credential) {
  const { response } = credential;
  const said = { clientDataJSON: text(response.clientDataJSON) };
  if (response.attestationObject) {
    said.attestationObject = text(response.attestationObject);
    said.transports = response.getTransports ? response.getTransports() : [];
  } else {
    said.authenticatorData = text(response.authenticatorData);
    said.signature = text(response.signature);
    said.userHandle = response.userHandle ? text(response.userHandle) : null;
  }
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment || null,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: said,
  });
}

for (const form of document.querySelectorAll("form[data-key]")) {
  const said = form.querySelector("[data-key-said]");
  let busy = false;
  form.addEventListener("submit", async (event) => {
    // A form without its name goes to the server, which says so beside the field.
    const name = form.querySelector("input[name=name]");
    if (name && !name.value.trim()) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    said.hidden = true;
    try {
      const publicKey = asked(JSON.parse(form.dataset.options));
      const credential = await navigator.credentials[form.dataset.key]({ publicKey });
      form.querySelector("input[name=credential]").value = answered(credential);
      form.submit();
    } catch {
      said.hidden = false;
    }
    busy = false;
  });
}
