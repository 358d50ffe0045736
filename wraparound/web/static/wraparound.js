// Only enhancement: every page works without this.
import { enhance } from "./enhance.js";

enhance(document);

// Whoever must leave a page quickly must not be able to come back to it with the back button.
for (const link of document.querySelectorAll("[data-leave]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    location.replace(link.href);
  });
}
