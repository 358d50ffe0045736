// Somebody who takes back what they permitted is not read on in pages that are open: asked for often enough that the
// page shows only what may still be read within half a minute. What was typed on it stays.
import { enhance } from "./enhance.js";

const EVERY_MS = 15000;
const MACHINE = { headers: { "Sent-By-Itself": "yes" }, credentials: "same-origin" };
const mark = () => document.querySelector("[data-still]");

function typed(main) {
  return [...main.querySelectorAll("form")].map((form) => [form.action, [...new FormData(form)]]);
}

const unfolded = (main) => [...main.querySelectorAll("details[open] > summary")].map((each) => each.textContent.trim());

function unfold(main, summaries) {
  for (const each of main.querySelectorAll("details > summary")) {
    if (summaries.includes(each.textContent.trim())) each.parentElement.open = true;
  }
}

function fill(main, before) {
  const forms = [...main.querySelectorAll("form")];
  for (const [action, answers] of before) {
    const form = forms.find((each) => each.action === action);
    if (!form) continue;
    for (const [name, value] of answers) {
      const field = form.elements.namedItem(name);
      if (!field || name === "csrfmiddlewaretoken" || value instanceof File) continue;
      if (field instanceof RadioNodeList || field.type === "checkbox" || field.type === "radio") {
        for (const each of field instanceof RadioNodeList ? field : [field]) each.checked ||= each.value === value;
      } else {
        field.value = value;
      }
    }
  }
}

async function showAnew() {
  const main = document.querySelector("main");
  const answer = await fetch(location.href, MACHINE).catch(() => null);
  if (!answer || !answer.ok || answer.redirected) {
    main.replaceChildren();
    location.reload();
    return;
  }
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
  const before = typed(main);
  const open = unfolded(main);
  main.replaceChildren(...fresh.childNodes);
  unfold(main, open);
  fill(main, before);
  enhance(main);
  const said = document.createElement("div");
  said.className = "wr-flash";
  said.setAttribute("role", "status");
  main.prepend(said);
  said.textContent = "They have changed what may be shared. This page now shows what you may still read.";
}

async function look() {
  const place = mark();
  const answer = place && (await fetch(place.dataset.still, MACHINE).catch(() => null));
  if (answer && (answer.status === 205 || answer.status === 404)) await showAnew();
  setTimeout(look, EVERY_MS);
}

setTimeout(look, EVERY_MS);
