// Only enhancement: every page works without this.
import { initAll } from "./vendor/nhsuk-frontend.min.js";

initAll();
