/**
 * The modeller: edits the draft of a model, with its decisions, forms and letters.
 *
 * <div data-plus1-modeller data-draft="/utrecht/modellen/…/ontwerp" data-csrf="…" data-locale="nl" data-login="/inloggen">:
 * what stands inside is shown while this is not there. The element's property `modeller` is the application.
 */
import "./styles/modeller.css";

import { App } from "./modeller/app.js";

for (const host of document.querySelectorAll("[data-plus1-modeller]")) {
  const app = new App(host);
  host.modeller = app;
  app.start().catch((problem) => {
    app.failed({ kind: "failed", body: { text: problem.message } });
    console.error(problem);
  });
}
