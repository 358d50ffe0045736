// Only enhancement: every page works without this.
import { initAll } from "./vendor/nhsuk-frontend.min.js";

// Where styles alone show a choice's further question, the script must not: it marks radios as expandable, which
// screen readers do not expect of them.
if (CSS.supports("selector(:has(*))")) {
  for (const choice of document.querySelectorAll("[data-aria-controls]")) choice.removeAttribute("data-aria-controls");
}

initAll();
