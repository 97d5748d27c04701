/** Builds the islands and styles of `islands/` into `dist/`, with a manifest that `webui/assets.py` reads. */
import { defineConfig } from "vite";

import { onePreactForForms, translateForms } from "./islands/build/forms.js";
import { translateMenus } from "./islands/build/menus.js";
import { translatePanel } from "./islands/build/panel.js";
import { adoptSheets } from "./islands/build/sheets.js";
import { dropUnusedTokens } from "./islands/build/tokens.js";

export default defineConfig({
  base: "/assets/",
  publicDir: false,
  logLevel: "warn",
  plugins: [dropUnusedTokens(), translatePanel(), translateMenus(), translateForms(), onePreactForForms(), adoptSheets()],
  build: {
    outDir: "dist",
    manifest: true,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: false,
    target: "es2022",
    chunkSizeWarningLimit: 2000,
    rollupOptions: {
      input: {
        site: "islands/site.js",
        diagram: "islands/diagram.js",
        difference: "islands/difference.js",
        modeller: "islands/modeller.js",
      },
    },
  },
});
