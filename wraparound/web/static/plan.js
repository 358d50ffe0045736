// Keeps a conversation while somebody writes it. Nothing of it stays in the browser: what could not be sent is still on
// the page, and is sent once it can be. The button does the same without this.
const AFTER_MS = 2500;
const EVERY_MS = 10000;
const AGAIN_MS = 15000;
let timer;
let sending = null;
let dirty = false;
let sentAt = 0;

const form = () => document.querySelector("form[data-keeps-itself]");
const tell = (words) => {
  const place = document.querySelector("[data-kept]");
  if (place && place.textContent !== words) place.textContent = words;
};

function soon(wait) {
  clearTimeout(timer);
  timer = setTimeout(keep, wait);
}

async function post(said, leaving) {
  const headers = { "Sent-By-Itself": "yes" };
  const answer = await fetch(location.href, {
    method: "POST", body: new FormData(said), headers, credentials: "same-origin", keepalive: leaving,
  });
  const type = answer.headers.get("Content-Type") || "";
  if (!answer.ok || answer.redirected || !type.includes("json")) throw new Error(String(answer.status));
  return answer.json();
}

async function keep(leaving = false) {
  const said = form();
  if (!said || !dirty) return;
  if (sending) {
    soon(AFTER_MS);
    return;
  }
  dirty = false;
  sentAt = Date.now();
  sending = post(said, leaving)
    .then((found) => {
      for (const [name, value] of Object.entries(found.seen)) said.elements.namedItem(name).value = value;
      const at = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
      tell(found.wrong || `Saved at ${at}.`);
    })
    .catch(() => {
      dirty = true;
      tell("Not saved yet. What you wrote is still on this page, and is sent as soon as that works.");
      soon(AGAIN_MS);
    });
  await sending;
  sending = null;
}

function changed(event) {
  if (!event.target.closest || event.target.closest("form") !== form()) return;
  dirty = true;
  soon(Math.max(AFTER_MS, sentAt + EVERY_MS - Date.now()));
}

document.addEventListener("input", changed);
document.addEventListener("change", changed);

// What is being sent has to be answered first: else the same words would seem to be somebody else's.
document.addEventListener("submit", (event) => {
  if (event.target !== form()) return;
  clearTimeout(timer);
  dirty = false;
  if (!sending) return;
  event.preventDefault();
  sending.finally(() => event.target.requestSubmit());
});

document.addEventListener("visibilitychange", () => {
  if (document.hidden) keep(true);
});
