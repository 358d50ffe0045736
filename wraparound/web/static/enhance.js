// What the design system's script does for a part of a page, as it comes and each time that it is drawn anew.
import { initAll } from "./vendor/nhsuk-frontend.min.js";

export function enhance(scope) {
  // Where styles alone show a choice's further question, the script must not: it marks radios as expandable, which
  // screen readers do not expect of them.
  if (CSS.supports("selector(:has(*))")) {
    for (const choice of scope.querySelectorAll("[data-aria-controls]")) choice.removeAttribute("data-aria-controls");
  }
  initAll({ scope });
}
