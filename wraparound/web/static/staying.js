// Says two minutes before a session ends, and lets one stay. Once it has ended, what the page shows is covered; what was
// typed on it is still there for the same person, who signs in again in another tab.
const WARN_SECONDS = 120;
const NEVER_LONGER_MS = 2 ** 31 - 1;
const box = document.getElementById("staying");
const said = (name) => box.querySelector(`[data-when="${name}"]`);
const { who, address } = box.dataset;
const title = document.title;
let timer;

async function ask(method = "GET") {
  const headers = { "Sent-By-Itself": "yes" };
  const token = document.querySelector("input[name=csrfmiddlewaretoken]");
  if (method === "POST") headers["X-CSRFToken"] = token ? token.value : "";
  const answer = await fetch(address, { method, headers, credentials: "same-origin" });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function show(name) {
  for (const each of box.querySelectorAll("[data-when]")) each.hidden = each.dataset.when !== name;
  cover(name === "ended");
  if (!box.open) box.showModal();
}

const covered = () => document.documentElement.classList.contains("wr-covered");

// The title of a page may be somebody's name.
function cover(over) {
  document.documentElement.classList.toggle("wr-covered", over);
  document.title = over ? "Signed out – Wraparound" : title;
}

function close() {
  cover(false);
  if (box.open) box.close();
}

function wait(seconds) {
  clearTimeout(timer);
  timer = setTimeout(look, Math.min(NEVER_LONGER_MS, Math.max(1, seconds) * 1000));
}

function follow(found) {
  if (found.left <= 0 || found.who !== who) {
    show("ended");
    return;
  }
  if (found.left > WARN_SECONDS) {
    close();
    wait(found.left - WARN_SECONDS);
    return;
  }
  for (const each of box.querySelectorAll("[data-in]")) {
    each.textContent = found.left > 90 ? "two minutes" : found.left > 45 ? "a minute" : "less than a minute";
  }
  show(found.more ? "soon" : "last");
  wait(found.left + 1);
}

// Another tab may have made it longer meanwhile.
async function look() {
  try {
    follow(await ask());
  } catch {
    wait(30);
  }
}

box.querySelector("[data-stay]").addEventListener("click", async () => {
  try {
    follow(await ask("POST"));
  } catch {
    look();
  }
});

box.querySelector("[data-again]").addEventListener("click", async () => {
  const found = await ask().catch(() => ({ left: 0 }));
  if (found.left > 0 && found.who === who) {
    for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = found.csrf;
    follow(found);
  } else {
    said("ended").querySelector("[data-not-yet]").hidden = false;
  }
});

box.querySelector("[data-read]").addEventListener("click", close);

// Escape uncovers nothing; pressed twice, a browser closes the box whatever is said here.
box.addEventListener("cancel", (event) => {
  if (covered()) event.preventDefault();
});
box.addEventListener("close", () => {
  if (covered()) box.showModal();
});

// A laptop that slept has not counted.
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) look();
});

wait(Number(box.dataset.left) - WARN_SECONDS);
