// Only enhancement: every page works without this.
import { initAll } from "./vendor/nhsuk-frontend.min.js";

// Where styles alone show a choice's further question, the script must not: it marks radios as expandable, which
// screen readers do not expect of them.
if (CSS.supports("selector(:has(*))")) {
  for (const choice of document.querySelectorAll("[data-aria-controls]")) choice.removeAttribute("data-aria-controls");
}

initAll();

// Whoever must leave a page quickly must not be able to come back to it with the back button.
for (const link of document.querySelectorAll("[data-leave]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    location.replace(link.href);
  });
}
